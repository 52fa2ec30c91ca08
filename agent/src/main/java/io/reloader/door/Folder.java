// SPDX-License-Identifier: Apache-2.0
package io.reloader.door;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The directory of a user's sockets, which nobody else may look into: it is made, or found to be so, and nothing in it
 * is touched before.
 */
public final class Folder {
    private static final int TYPE = 0170000;
    private static final int DIRECTORY = 0040000;
    private static final int STICKY = 01000;
    private static final int ALL = 0777;
    private static final int PRIVATE = 0700;
    private static final int OTHERS_WRITE = 0022;
    private static final Path TEMPORARY = Path.of("/tmp");

    private Folder() {}

    /** Where a process of this user has its socket unless it was told another directory, best first. */
    public static List<Path> usual(Map<String, String> environment, int uid) {
        List<Path> usual = new ArrayList<>();
        String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
        if (runtime.startsWith("/")) {
            usual.add(Path.of(runtime, "reloader"));
        }
        usual.add(uid == 0 ? Path.of("/run/reloader") : Path.of("/run/user/" + uid, "reloader"));
        usual.add(TEMPORARY.resolve("reloader-" + uid));
        return usual;
    }

    /** The first of these that is private, or can be made so. */
    static Path first(List<Path> wanted, int uid) throws Shut {
        StringBuilder faults = new StringBuilder();
        for (Path each : wanted) {
            String fault = fault(each, uid);
            if (fault == null) {
                return each;
            }
            faults.append(faults.isEmpty() ? "" : ", ").append(each).append(' ').append(fault);
        }
        throw new Shut(faults + "; name a directory of your own with socket=");
    }

    private static @Nullable String fault(Path folder, int uid) {
        try {
            Path parent = folder.getParent();
            if (parent == null || !Files.isDirectory(parent)) {
                return "has no parent directory";
            }
            if (!keeps(parent, uid)) {
                return "is in a directory where others may put another in its place";
            }
            make(folder);
            return isPrivate(folder, uid) ? null : "is not a directory of user " + uid + " with mode 0700";
        } catch (IOException | UnsupportedOperationException e) {
            return "cannot be used (" + e + ")";
        }
    }

    private static void make(Path folder) throws IOException {
        try {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (FileAlreadyExistsException e) {
            // Ours from before, or somebody's: looked at next.
            return;
        }
    }

    /** Of a symbolic link, too: it is not followed. */
    private static boolean isPrivate(Path folder, int uid) throws IOException {
        int mode = attribute(folder, "unix:mode");
        return (mode & TYPE) == DIRECTORY && (mode & ALL) == PRIVATE && attribute(folder, "unix:uid") == uid;
    }

    /** Whether what is in it stays there. */
    private static boolean keeps(Path parent, int uid) throws IOException {
        Path real = parent.toRealPath();
        int owner = attribute(real, "unix:uid");
        int mode = attribute(real, "unix:mode");
        return (owner == 0 || owner == uid) && ((mode & OTHERS_WRITE) == 0 || (mode & STICKY) != 0);
    }

    private static int attribute(Path path, String name) throws IOException {
        return (int) Files.getAttribute(path, name, LinkOption.NOFOLLOW_LINKS);
    }
}
