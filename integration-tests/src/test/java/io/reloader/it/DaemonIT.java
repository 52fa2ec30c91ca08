// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.reloader.it.app.DaemonApp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** {@code daemonize=true}: what the shell sees, and what the daemon is. */
class DaemonIT {

    @EachJdk
    void anApplicationThatFailsBeforeItIsReadyIsToldWithItsLogAndItsStatus(Jdk jdk, @TempDir Path folder) {
        try (Daemonized daemon = Daemonized.start(Java.on(jdk), folder, ",ready=port:1", "fail", "7")) {
            assertThat(daemon.shell.exitCode()).as(daemon.shell.log()).isEqualTo(7);
            assertThat(daemon.shell.lines())
                    .contains("  | cannot go on", "reloader: ! daemon exited with status 7 before it was ready");
        }
    }

    @EachJdk
    void aDaemonThatIsNotReadyInTimeIsStoppedThoughAnotherListensOnItsPort(Jdk jdk, @TempDir Path folder)
            throws IOException {
        try (ServerSocket foreign = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Daemonized daemon = Daemonized.start(
                        Java.on(jdk), folder, ",ready=port:" + foreign.getLocalPort() + ",ready-timeout=3s")) {
            assertThat(daemon.shell.exitCode()).as(daemon.shell.log()).isEqualTo(1);
            assertThat(daemon.shell.lines()).last().asString().contains("was not ready after 3 s");
            Await.until("the end", JvmProcess.PATIENCE, () -> daemon.handle().isEmpty(), daemon.shell::log);
        }
    }

    @EachJdk
    void readyCanBeAPortAFileOrALogLine(Jdk jdk, @TempDir Path folder) throws IOException {
        Path made = folder.resolve("made");
        String port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = Integer.toString(free.getLocalPort());
        }
        try (Daemonized daemon =
                Daemonized.start(Java.on(jdk), folder, ",ready=port:" + port, "serve", made.toString(), port)) {
            daemon.up().kill();
        }
        // The file of the last start does not count.
        try (Daemonized daemon =
                Daemonized.start(Java.on(jdk), folder, ",ready=file:" + made, "serve", made.toString())) {
            String before = port;
            daemon.up();
            assertThat(made).content().isNotEqualTo(before);
            daemon.kill();
        }
        // Nor does its line in the log.
        String options = ",ready=log:^arguments .hello.$";
        try (Daemonized daemon = Daemonized.start(Java.on(jdk), folder, options, "hello")) {
            daemon.up();
            assertThat(Daemonized.logged(daemon.log)).contains("arguments [hello]");
        }
    }

    @EachJdk
    void aSignalToTheWaitingShellEndsBothWithTheShellsStatus(Jdk jdk, @TempDir Path folder) {
        for (Map.Entry<String, Integer> signal : Map.of("TERM", 143, "HUP", 129).entrySet()) {
            try (Daemonized daemon = Daemonized.start(Java.on(jdk), folder, ",ready=port:1", signal.getKey())) {
                daemon.awaitLog("arguments [" + signal.getKey() + "]");
                ProcessHandle handle = daemon.handle().orElseThrow();
                daemon.shell.signal(signal.getKey());
                assertThat(daemon.shell.exitCode()).as(daemon.shell.log()).isEqualTo(signal.getValue());
                daemon.awaitEnd(handle);
            }
        }
    }

    @EachJdk
    void whatTheJvmSaysBeforeOurStartIsToldToo(Jdk jdk, @TempDir Path folder) {
        Java java = Java.on(jdk).agent(Daemonized.options(folder)).with("-cp", folder.toString(), "no.such.Main");
        try (Daemonized daemon = new Daemonized(java.start(), folder)) {
            assertThat(daemon.shell.exitCode()).as(daemon.shell.log()).isEqualTo(1);
            assertThat(daemon.shell.lines())
                    .contains("  | Error: Could not find or load main class no.such.Main")
                    .last()
                    .isEqualTo("reloader: ! daemon exited with status 1 before it was ready");
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
        try (Daemonized daemon = new Daemonized(JvmProcess.start(builder), folder)) {
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

    @EachJdk
    void asProcessOneItStaysInTheForegroundAndSaysSo(Jdk jdk, @TempDir Path folder) {
        List<String> command = new ArrayList<>(List.of("unshare", "--user", "--map-root-user", "--pid", "--fork"));
        assumeTrue(JvmProcess.run(plus(command, "true")).exitCode() == 0, "no pid namespace can be had here");
        command.add("--mount-proc");
        command.addAll(Daemonized.app(Java.on(jdk), folder, "", "fail", "5").command());
        try (JvmProcess app = JvmProcess.start(command)) {
            assertThat(app.exitCode()).as(app.log()).isEqualTo(5);
            app.await("reloader: - daemonize: staying in the foreground: this is process 1 of its container");
        }
    }

    private static List<String> plus(List<String> list, String last) {
        List<String> longer = new ArrayList<>(list);
        longer.add(last);
        return longer;
    }
}
