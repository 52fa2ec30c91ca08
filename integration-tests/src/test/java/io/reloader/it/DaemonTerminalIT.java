// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.reloader.it.app.DaemonApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;

/** Daemons, terminals and pipes; {@code script} of util-linux makes the terminals. */
class DaemonTerminalIT {
    private static final String CTRL_C = "\3";

    @EachJdk
    void itLivesOnWhenTheTerminalIsClosedUnderIt(Jdk jdk, @TempDir Path folder) {
        String line = quoted(Daemonized.app(Java.on(jdk), folder, "").command()) + "; echo prompt $?; exec sleep 300";
        try (Daemonized daemon = new Daemonized(onTerminal(line, folder), folder)) {
            daemon.shell.await("prompt 0");
            List<ProcessHandle> session = ProcessHandle.of(daemon.shell.pid())
                    .orElseThrow()
                    .descendants()
                    .toList();
            assertThat(session).isNotEmpty();
            daemon.shell.close();
            Await.until(
                    "the end of all in the terminal",
                    JvmProcess.PATIENCE,
                    () -> session.stream().noneMatch(ProcessHandle::isAlive),
                    daemon.shell::log);
            assertThat(daemon.stat()[4]).as("controlling terminal").isEqualTo("0");
            daemon.awaitLog("reloader: * armed");
            daemon.signal("HUP");
            daemon.awaitLog("reopened");
        }
    }

    @EachJdk
    void ctrlCInTheForegroundFinishesAndEndsAsTermDoes(Jdk jdk, @TempDir Path folder) {
        List<String> command = Java.on(jdk)
                .agent("")
                .classPath(Java.TEST_CLASSES)
                .main(DaemonApp.class)
                .command();
        try (JvmProcess app = onTerminal("exec " + quoted(command), folder)) {
            app.await("reloader: \\* armed TERM=stop .* INT=stop");
            app.tell(CTRL_C);
            assertThat(app.exitCode()).as(app.log()).isZero();
            app.await("reloader: - stop: all work finished");
        }
    }

    @EachJdk
    void ctrlCDuringTheWaitEndsTheHalfStartedDaemonWithAllItHasStarted(Jdk jdk, @TempDir Path folder) {
        String line = "exec "
                + quoted(Daemonized.app(Java.on(jdk), folder, ",ready=port:1", "sleeper")
                        .command());
        try (Daemonized daemon = new Daemonized(onTerminal(line, folder), folder)) {
            daemon.awaitLog("sleeper started");
            ProcessHandle handle = daemon.handle().orElseThrow();
            List<ProcessHandle> all = new ArrayList<>(handle.descendants().toList());
            assertThat(all).isNotEmpty();
            all.add(handle);
            daemon.shell.tell(CTRL_C);
            assertThat(daemon.shell.exitCode()).as(daemon.shell.log()).isEqualTo(130);
            all.forEach(daemon::awaitEnd);
        }
    }

    @EachJdk
    void aReaderOfTheShellsOutputSeesItsEndWhileTheDaemonLives(Jdk jdk, @TempDir Path folder) {
        Java app = Daemonized.app(Java.on(jdk), folder, "");
        try (Daemonized daemon = new Daemonized(readToItsEnd("nohup \"$@\" 9>&1 2>&1 </dev/zero", app), folder)) {
            daemon.up();
            assertThat(daemon.handle()).isPresent();
            // Of nohup's ignored HUP nothing is left.
            daemon.awaitLog("HUP=reopen log");
        }
    }

    @EachJdk
    void logInheritLeavesTheOutputWhereItIsAndWarnsOfAPipe(Jdk jdk, @TempDir Path folder) {
        String options = "daemonize=true,log=inherit,pidfile=" + folder.resolve("d.pid");
        Java java = Java.on(jdk).agent(options).classPath(Java.TEST_CLASSES).main(DaemonApp.class, "hello");
        try (Daemonized daemon = new Daemonized(readToItsEnd("\"$@\" 2>&1", java), folder)) {
            daemon.shell.await("log=inherit: standard output is a pipe, whose reader waits until the daemon ends");
            daemon.shell.await("log=inherit: standard error is a pipe");
            daemon.shell.await("daemon \\d+ is up$");
            daemon.shell.await("arguments \\[hello\\]");
            assertThat(daemon.shell.alive()).isTrue();
            daemon.kill();
            assertThat(daemon.shell.exitCode()).isZero();
        }
    }

    /** A shell that lives as long as somebody can write to the command's output, which a JVM's own reader is not told. */
    private static JvmProcess readToItsEnd(String script, Java java) {
        List<String> command = new ArrayList<>(List.of("sh", "-c", script + " | cat", "sh"));
        command.addAll(java.command());
        return JvmProcess.start(command);
    }

    @EachJdk
    void hangUpReopensTheLogForAllThatWritesToIt(Jdk jdk, @TempDir Path folder) throws IOException {
        try (Daemonized daemon = Daemonized.start(
                Java.on(jdk), folder, "", "native", folder.resolve("go").toString())) {
            daemon.up().awaitLog("HUP=reopen log");
            Path old = Files.move(daemon.log, folder.resolve("d.log.1"));
            daemon.signal("HUP");
            daemon.awaitLog("reloader: - log " + daemon.log + " reopened");
            Files.createFile(folder.resolve("go"));
            // HotSpot's own output, a child's, and Java's.
            daemon.awaitLog("from a child");
            daemon.awaitLog("from Java");
            daemon.signal("QUIT");
            daemon.awaitLog("Full thread dump");
            assertThat(Daemonized.logged(old)).contains("arguments").doesNotContain("from ", "Full thread dump");

            // Where no new file can be had, the old one is kept.
            Path gone = folder.resolve("d.log.2");
            Files.move(daemon.log, gone);
            Files.createDirectory(daemon.log);
            daemon.signal("HUP");
            Await.until(
                    "the refusal in the old file",
                    JvmProcess.PATIENCE,
                    () -> Daemonized.logged(gone)
                            .contains("reloader: ! log: not reopened, the old file is written on: " + daemon.log
                                    + " is no regular file"),
                    () -> Daemonized.logged(gone));
        }
    }

    private static JvmProcess onTerminal(String line, Path folder) {
        // Tests that run in the background of a script ignore INT, which their children inherit.
        List<String> command = List.of("env", "--default-signal=INT", "script", "-qec", line, "/dev/null");
        return JvmProcess.start(new ProcessBuilder(command).directory(folder.toFile()));
    }

    private static String quoted(List<String> command) {
        return command.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
    }
}
