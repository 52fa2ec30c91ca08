// SPDX-License-Identifier: Apache-2.0
package io.reloader.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibcTest {
    private static final int SIGWINCH = 28;
    private static Libc libc;

    @BeforeAll
    static void load() throws NativeUnavailable {
        JffiLibrary.load();
        libc = Libc.bind();
    }

    @Test
    void knowsThisProcess() {
        assertThat(libc.getpid()).isEqualTo((int) ProcessHandle.current().pid());
    }

    @Test
    void readsBackTheDispositionItInstalled() throws NativeUnavailable {
        Sigaction found = libc.sigaction(SIGWINCH);
        try {
            libc.sigaction(SIGWINCH, new Sigaction(1, Sigaction.SIGINFO_RESTART));

            assertThat(libc.sigaction(SIGWINCH).handler()).isEqualTo(1);
            assertThat(libc.sigaction(SIGWINCH).flags() & Sigaction.SIGINFO_RESTART)
                    .isEqualTo(Sigaction.SIGINFO_RESTART);
            assertThat(ProcessFacts.read().ignores(SIGWINCH)).isTrue();
        } finally {
            libc.sigaction(SIGWINCH, found);
        }
    }

    @Test
    void saysWhichCallFailedAndWhy() {
        assertThatThrownBy(() -> libc.sigaction(9, new Sigaction(1, 0)))
                .isInstanceOf(NativeUnavailable.class)
                .hasMessage("sigaction failed with errno 22");
    }

    @Test
    void makesPagesThatAreExecutableAndNotWritable() throws NativeUnavailable, IOException {
        long page = libc.executablePage(new byte[] {(byte) 0xC3});

        try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
            assertThat(maps).anyMatch(line -> line.startsWith(Long.toHexString(page) + "-") && line.contains(" r-xp "));
        }
    }

    @Test
    void takesTheFileWayWhereMemoryMayNotBecomeExecutable() throws NativeUnavailable, IOException {
        long page = libc.executableFile(new byte[] {(byte) 0xC3}, 4096);

        try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
            assertThat(maps)
                    .anyMatch(line -> line.startsWith(Long.toHexString(page) + "-")
                            && line.contains(" r-xp ")
                            && line.contains("memfd:reloader"));
        }
    }

    @Test
    void leavesNothingBehindWhereTheLibraryCannotBeLoaded(@TempDir Path place) throws IOException {
        Path missing = place.resolve("missing");

        assertThatThrownBy(() ->
                        JffiLibrary.loadFromFirst(List.of(place.toString(), missing.toString()), new byte[] {1, 2, 3}))
                .isInstanceOf(NativeUnavailable.class)
                .hasMessageContaining(place + ": ")
                .hasMessageContaining(missing + ": ");

        try (Stream<Path> left = Files.list(place)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void neverUnpacksIntoTheWorkingDirectory() {
        assertThat(JffiLibrary.places()).isNotEmpty().allMatch(place -> place.startsWith("/"));
    }
}
