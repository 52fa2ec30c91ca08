// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** {@code pidfile=}: it names the daemon while that lives, and nothing else ever. */
class DaemonPidFileIT {

    @EachJdk
    void aSecondStartIsRefusedWhileTheFirstLivesAndNotAfterAKill(Jdk jdk, @TempDir Path folder) throws IOException {
        try (Daemonized first = Daemonized.start(
                Java.on(jdk), folder, "", "touch", folder.resolve("d.pid").toString())) {
            first.up();
            long pid = first.pid();
            // The application has opened, read and closed the file, which drops every lock of the classic kind.
            first.awaitLog("touched");
            try (JvmProcess second = Daemonized.app(Java.on(jdk), folder, "").start()) {
                assertThat(second.exitCode()).isEqualTo(1);
                assertThat(second.lines())
                        .containsExactly("reloader: ! daemonize: not started: already running, pid " + pid
                                + " (it holds " + first.pidFile + "); stop it first");
            }
            assertThat(first.pid()).isEqualTo(pid);
            first.kill();
            assertThat(first.pidFile).hasContent(Long.toString(pid));
        }
        try (Daemonized third = Daemonized.start(Java.on(jdk), folder, "")) {
            third.up().stop();
            assertThat(third.pidFile).doesNotExist();
        }
    }

    @EachJdk
    void itStaysUntilTheApplicationsLastShutdownHookHasReturned(Jdk jdk, @TempDir Path folder) {
        Path seen = folder.resolve("seen");
        try (Daemonized daemon = Daemonized.start(
                Java.on(jdk),
                folder,
                ",ready=log:hook in place",
                "hook",
                folder.resolve("d.pid").toString(),
                seen.toString())) {
            String pid = Long.toString(daemon.up().pid());
            daemon.stop();
            assertThat(seen).hasContent(pid);
            assertThat(daemon.pidFile).doesNotExist();
        }
    }

    @EachJdk
    void aFileThatIsNotOursIsLeftAsItIs(Jdk jdk, @TempDir Path folder) throws IOException {
        Path pidFile = folder.resolve("d.pid");
        Path precious = Files.writeString(folder.resolve("precious"), "keep me");
        Files.createSymbolicLink(pidFile, precious);
        assertThat(refusal(jdk, folder))
                .endsWith("pidfile=" + pidFile + ": it is a symbolic link; name the file itself");
        assertThat(precious).hasContent("keep me");

        Files.delete(pidFile);
        Files.writeString(pidFile, "keep me");
        assertThat(refusal(jdk, folder)).contains("holds something else than a process number");
        assertThat(pidFile).hasContent("keep me");

        // A server that locks nothing, as most do.
        String live = Long.toString(ProcessHandle.current().pid());
        Files.writeString(pidFile, live);
        assertThat(refusal(jdk, folder)).contains("names process " + live + ", which lives");
        assertThat(pidFile).hasContent(live);
        assertThat(folder.resolve("d.log")).isEmptyFile();
    }

    private static String refusal(Jdk jdk, Path folder) {
        try (JvmProcess shell = Daemonized.app(Java.on(jdk), folder, "").start()) {
            assertThat(shell.exitCode()).isEqualTo(1);
            assertThat(shell.lines()).hasSize(1);
            return shell.lines().get(0);
        }
    }

    @EachJdk
    void aNumberThatAnotherProcessHasGotSinceIsStale(Jdk jdk, @TempDir Path folder) throws IOException {
        Path pidFile = Files.writeString(
                folder.resolve("d.pid"), ProcessHandle.current().pid() + "\n");
        Files.setLastModifiedTime(pidFile, java.nio.file.attribute.FileTime.fromMillis(1));
        try (Daemonized daemon = Daemonized.start(Java.on(jdk), folder, "")) {
            assertThat(daemon.up().pid()).isNotEqualTo(ProcessHandle.current().pid());
        }
    }
}
