// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.reloader.it.app.DaemonApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** {@code daemonize=true}: what the shell sees, and what the daemon is. */
class DaemonIT {

    @EachJdk
    void theShellGetsItsPromptBackOnceTheDaemonIsUpAndTheDaemonHasLeftTheTerminal(Jdk jdk, @TempDir Path folder)
            throws IOException {
        try (Daemon daemon = Daemon.start(Java.on(jdk), folder, "", "", "a b", "*", "é")) {
            assertThat(daemon.shell.exitCode()).as(daemon.shell.log()).isZero();
            assertThat(daemon.shell.lines())
                    .containsExactly("reloader: - daemon " + daemon.pid() + " is up, log " + daemon.log);
            daemon.awaitLog("arguments [, a b, *, é]");

            Path proc = Path.of("/proc/" + daemon.pid());
            assertThat(Files.readSymbolicLink(proc.resolve("fd/0"))).hasToString("/dev/null");
            assertThat(Files.readSymbolicLink(proc.resolve("fd/1"))).isEqualTo(daemon.log);
            assertThat(Files.readSymbolicLink(proc.resolve("fd/2"))).isEqualTo(daemon.log);
            String[] stat = Files.readString(proc.resolve("stat"))
                    .replaceFirst("^.*\\) ", "")
                    .split(" ", -1);
            assertThat(stat[3]).as("session").isNotEqualTo(Long.toString(daemon.pid()));
            assertThat(stat[4]).as("controlling terminal").isEqualTo("0");
            assertThat(Files.readString(proc.resolve("status"))).contains("SigBlk:\t0000000000000000");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(daemon.log)))
                    .isEqualTo("rw-r-----");
            daemon.stop();
            assertThat(daemon.pidFile).doesNotExist();
        }
    }

    @EachJdk
    void aSecondStartIsRefusedWhileTheFirstLivesAndAStaleFileIsTakenOver(Jdk jdk, @TempDir Path folder)
            throws IOException {
        try (Daemon first = Daemon.start(Java.on(jdk), folder, "")) {
            assertThat(first.shell.exitCode()).as(first.shell.log()).isZero();
            long pid = first.pid();
            try (Daemon second = Daemon.start(Java.on(jdk), folder, "")) {
                assertThat(second.shell.exitCode()).isEqualTo(1);
                assertThat(second.shell.lines())
                        .singleElement()
                        .asString()
                        .contains("already running, pid " + pid, "stop it first");
            }
            ProcessHandle.of(pid).orElseThrow().destroyForcibly();
            Await.until(
                    "the end", JvmProcess.PATIENCE, () -> ProcessHandle.of(pid).isEmpty(), () -> "" + pid);
            assertThat(first.pidFile).exists();
        }
        try (Daemon third = Daemon.start(Java.on(jdk), folder, "")) {
            assertThat(third.shell.exitCode()).as(third.shell.log()).isZero();
        }
    }

    @EachJdk
    void aPidFileThatIsASymbolicLinkIsNotWrittenThrough(Jdk jdk, @TempDir Path folder) throws IOException {
        Path precious = Files.writeString(folder.resolve("precious"), "keep me");
        Files.createSymbolicLink(folder.resolve("d.pid"), precious);
        try (Daemon daemon = Daemon.start(Java.on(jdk), folder, "")) {
            assertThat(daemon.shell.exitCode()).isEqualTo(1);
            assertThat(Files.readString(precious)).isEqualTo("keep me");
        }
    }

    @EachJdk
    void anApplicationThatFailsBeforeItIsReadyIsToldWithItsLogAndItsStatus(Jdk jdk, @TempDir Path folder) {
        try (Daemon daemon = Daemon.start(Java.on(jdk), folder, ",ready=port:1", "fail", "7")) {
            assertThat(daemon.shell.exitCode()).as(daemon.shell.log()).isEqualTo(7);
            assertThat(daemon.shell.lines())
                    .contains("  | cannot go on", "reloader: ! daemon exited with status 7 before it was ready");
        }
    }

    @EachJdk
    void aDaemonThatIsNotReadyInTimeIsStopped(Jdk jdk, @TempDir Path folder) {
        try (Daemon daemon = Daemon.start(Java.on(jdk), folder, ",ready=port:1,ready-timeout=3s")) {
            assertThat(daemon.shell.exitCode()).as(daemon.shell.log()).isEqualTo(1);
            assertThat(daemon.shell.lines()).last().asString().contains("was not ready after 3 s");
            Await.until("the end", JvmProcess.PATIENCE, () -> daemon.handle().isEmpty(), daemon.shell::log);
        }
    }

    @EachJdk
    void readyCanBeAFileOrALogLine(Jdk jdk, @TempDir Path folder) {
        Path port = folder.resolve("port");
        try (Daemon daemon = Daemon.start(Java.on(jdk), folder, ",ready=file:" + port, "serve", port.toString())) {
            assertThat(daemon.shell.exitCode()).as(daemon.shell.log()).isZero();
            assertThat(port).exists();
        }
        try (Daemon daemon = Daemon.start(Java.on(jdk), folder, ",ready=log:arguments .*", "hello")) {
            assertThat(daemon.shell.exitCode()).as(daemon.shell.log()).isZero();
            daemon.awaitLog("arguments [hello]");
        }
    }

    @EachJdk
    void theDaemonsChildrenDoNotDaemonizeThemselves(Jdk jdk, @TempDir Path folder) throws IOException {
        String options = "-javaagent:" + Java.AGENT + "=daemonize=true,log=" + folder.resolve("d.log") + ",pidfile="
                + folder.resolve("d.pid");
        ProcessBuilder builder = new ProcessBuilder(
                        jdk.java().toString(),
                        "-cp",
                        Java.TEST_CLASSES.toString(),
                        DaemonApp.class.getName(),
                        "child",
                        jdk.java().toString(),
                        Java.TEST_CLASSES.toString())
                .directory(folder.toFile());
        builder.environment().put("JAVA_TOOL_OPTIONS", options);
        try (Daemon daemon = new Daemon(JvmProcess.start(builder), folder)) {
            assertThat(daemon.shell.exitCode()).as(daemon.shell.log()).isZero();
            daemon.awaitLog("child ended with 9");
        }
    }

    @EachJdk
    void underAServiceManagerItStaysInTheForegroundAndSaysSo(Jdk jdk, @TempDir Path folder) {
        ProcessBuilder builder = new ProcessBuilder(
                jdk.java().toString(),
                "-javaagent:" + Java.AGENT + "=daemonize=true",
                "-cp",
                Java.TEST_CLASSES.toString(),
                DaemonApp.class.getName(),
                "fail",
                "5");
        builder.environment().put("NOTIFY_SOCKET", folder.resolve("notify").toString());
        try (JvmProcess app = JvmProcess.start(builder)) {
            assertThat(app.exitCode()).as(app.log()).isEqualTo(5);
            app.await("reloader: - daemonize: staying in the foreground: NOTIFY_SOCKET is set");
        }
    }

    /** A daemon, and the shell it was started from. */
    private static final class Daemon implements AutoCloseable {
        final JvmProcess shell;
        final Path log;
        final Path pidFile;

        Daemon(JvmProcess shell, Path folder) {
            this.shell = shell;
            this.log = folder.resolve("d.log");
            this.pidFile = folder.resolve("d.pid");
        }

        static Daemon start(Java java, Path folder, String options, String... arguments) {
            return new Daemon(
                    java.agent("daemonize=true,log=" + folder.resolve("d.log") + ",pidfile=" + folder.resolve("d.pid")
                                    + options)
                            .in(folder)
                            .classPath(Java.TEST_CLASSES)
                            .main(DaemonApp.class, arguments)
                            .start(),
                    folder);
        }

        long pid() throws IOException {
            return Long.parseLong(Files.readString(pidFile).trim());
        }

        Optional<ProcessHandle> handle() {
            try {
                return Files.exists(pidFile) ? ProcessHandle.of(pid()) : Optional.empty();
            } catch (IOException | NumberFormatException e) {
                return Optional.empty();
            }
        }

        void awaitLog(String line) {
            Await.until(
                    "\"" + line + "\" in the log",
                    JvmProcess.PATIENCE,
                    () -> logged().contains(line),
                    () -> String.join("\n", logged()));
        }

        private List<String> logged() {
            try (Stream<String> lines = Files.lines(log)) {
                return lines.toList();
            } catch (IOException e) {
                return List.of(e.toString());
            }
        }

        void stop() throws IOException {
            ProcessHandle handle = ProcessHandle.of(pid()).orElseThrow();
            handle.destroy();
            Await.until("the daemon's end", JvmProcess.PATIENCE, () -> !handle.isAlive(), () -> "" + handle.pid());
        }

        @Override
        public void close() {
            handle().ifPresent(ProcessHandle::destroyForcibly);
            shell.close();
        }
    }
}
