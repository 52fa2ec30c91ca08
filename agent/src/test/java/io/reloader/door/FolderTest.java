// SPDX-License-Identifier: Apache-2.0
package io.reloader.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.reloader.os.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The directory is private, or it is not used. */
class FolderTest {
    private static final int NOBODY = 65534;

    @TempDir
    private Path parent;

    private final int own = uid();

    @Test
    void itIsMadePrivate() throws Shut, IOException {
        Path folder = Folder.first(List.of(parent.resolve("sockets")), own);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        assertThat(Folder.first(List.of(folder), own)).as("found again").isEqualTo(folder);
    }

    @Test
    void oneThatOthersMayLookIntoIsNotUsed() throws IOException {
        Path folder = Files.createDirectory(parent.resolve("open"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        refused(folder, "is not a directory of user " + own + " with mode 0700; name a directory");
    }

    @Test
    void aSymbolicLinkInItsPlaceIsNotFollowed() throws IOException {
        Path real = Files.createDirectory(parent.resolve("real"));
        Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rwx------"));
        refused(Files.createSymbolicLink(parent.resolve("link"), real), "is not a directory of user");
    }

    @Test
    void aFileInItsPlaceIsLeftAlone() throws IOException {
        Path file = Files.writeString(parent.resolve("file"), "theirs");
        refused(file, "is not a directory of user");
        assertThat(file).hasContent("theirs");
    }

    @Test
    void oneThatAnotherUserHasPlantedIsNotUsed() throws IOException {
        assumeTrue(own == 0, "only root can make another's directory");
        Path folder = Files.createDirectory(parent.resolve("planted"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        Files.setAttribute(folder, "unix:uid", NOBODY);
        refused(folder, "is not a directory of user 0");
    }

    @Test
    void oneWhereOthersMayPutAnotherInItsPlaceIsNotUsed() throws IOException, Shut {
        Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwxrwxrwx"));
        refused(parent.resolve("sockets"), "others may put another in its place");
        Files.setAttribute(parent, "unix:mode", 01777);
        assertThat(Folder.first(List.of(parent.resolve("sockets")), own)).isDirectory();
    }

    @Test
    void theFirstOneThatWillDoIsTaken() throws IOException, Shut {
        Path file = Files.createFile(parent.resolve("file"));
        Path good = parent.resolve("good");
        assertThat(Folder.first(List.of(parent.resolve("none/sockets"), file, good), own))
                .isEqualTo(good);
    }

    @Test
    void theUsualOnesAreOfTheUserAlone() {
        assertThat(Folder.usual(Map.of("XDG_RUNTIME_DIR", "/run/user/7"), 7))
                .containsExactly(
                        Path.of("/run/user/7/reloader"), Path.of("/run/user/7/reloader"), Path.of("/tmp/reloader-7"));
        assertThat(Folder.usual(Map.of(), 0)).containsExactly(Path.of("/run/reloader"), Path.of("/tmp/reloader-0"));
        assertThat(Folder.usual(Map.of("XDG_RUNTIME_DIR", "relative"), 0)).hasSize(2);
    }

    private void refused(Path folder, String why) {
        assertThatThrownBy(() -> Folder.first(List.of(folder), own))
                .isInstanceOf(Shut.class)
                .hasMessageContaining(folder + " ")
                .hasMessageContaining(why);
    }

    private static int uid() {
        try {
            return Credentials.own().uid();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
