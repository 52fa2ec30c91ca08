// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.reloader.it.app.PoolApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;

/** What a service manager hears of an application, datagram by datagram. */
class SupervisedIT {
    @EachJdk
    void itHearsReadyReloadingAndReadyAgainStoppingAndPleasForTime(Jdk jdk, @TempDir Path folder) throws IOException {
        String socket = folder.resolve("notify").toString();
        Path ready = folder.resolve("ready");
        try (Notices notices = new Notices(socket);
                JvmProcess app = start(jdk, ",ready=file:" + ready, Map.of("NOTIFY_SOCKET", socket), folder)) {
            app.signal("USR1");
            app.await("reloader: - reload 1 done");
            assertThat(notices.texts()).as("not ready yet").noneMatch(text -> !text.startsWith("STATUS="));

            Files.createFile(ready);
            notices.await("READY=1\nSTATUS=serving", app);
            long before = System.nanoTime() / 1000;
            app.signal("USR1");
            notices.await("READY=1\nSTATUS=reload 2 done in .*", app);
            String reloading = notices.await("RELOADING=1\nMONOTONIC_USEC=\\d+\nSTATUS=reloading", app)
                    .text();
            assertThat(Long.parseLong(reloading.replaceAll("(?s).*USEC=(\\d+)\n.*", "$1")))
                    .isBetween(before, System.nanoTime() / 1000);

            Path bad = Files.writeString(folder.resolve("bad"), "");
            Files.move(bad, folder.resolve("com/acme/Greeting.class"), StandardCopyOption.REPLACE_EXISTING);
            app.signal("USR1");
            notices.await("READY=1\nSTATUS=reload 3 refused in .*; every worker keeps serving the old code", app);

            app.tell("hold");
            app.await("holding in");
            app.signal("TERM");
            notices.await("STATUS=stop: waiting up to .*", app);
            notices.await("STATUS=stop: still waiting for 1 worker.*", app);
            app.tell("release");
            assertThat(app.exitCode()).as(app.log()).isZero();
            assertThat(kinds(notices))
                    .containsSubsequence(
                            "STATUS",
                            "READY",
                            "RELOADING",
                            "READY",
                            "RELOADING",
                            "READY",
                            "STOPPING",
                            "EXTEND",
                            "STATUS",
                            "EXTEND",
                            "STATUS");
            assertThat(notices.texts().stream().filter(text -> text.startsWith("STOPPING")))
                    .hasSize(1);
        }
    }

    /** The first word of each. */
    private static List<String> kinds(Notices notices) {
        List<String> kinds = new ArrayList<>();
        notices.texts().forEach(text -> kinds.add(text.replaceAll("(?s)[_=].*", "")));
        return kinds;
    }

    @EachJdk
    void theWatchdogIsFedAtRestDuringALongReloadAndDuringAStop(Jdk jdk, @TempDir Path folder) {
        String socket = "@reloader-it-" + ProcessHandle.current().pid() + "-" + jdk.feature();
        Map<String, String> environment = Map.of("NOTIFY_SOCKET", socket, "WATCHDOG_USEC", "2000000");
        try (Notices notices = new Notices(socket);
                JvmProcess app = start(jdk, "", environment, folder)) {
            notices.await("READY=1.*", app);
            beats(notices, app, 2);
            app.tell("hold");
            app.await("holding in");
            app.signal("USR1");
            notices.await("RELOADING=1.*", app);
            beats(notices, app, 3);
            assertThat(app.count("reload 1 done")).isZero();

            app.signal("TERM");
            notices.await("STOPPING=1", app);
            beats(notices, app, 2);
            app.tell("release");
            assertThat(app.exitCode()).as(app.log()).isZero();

            long last = notices.await("READY=1.*", app).nanos();
            for (Notices.Notice notice : notices.heard()) {
                if (notice.text().equals("WATCHDOG=1")) {
                    assertThat(notice.nanos() - last).as("between two beats").isLessThan(TimeUnit.SECONDS.toNanos(2));
                    last = notice.nanos();
                }
            }
        }
    }

    private static void beats(Notices notices, JvmProcess app, int more) {
        long before = count(notices);
        Await.until(
                more + " beats",
                JvmProcess.PATIENCE,
                () -> count(notices) >= before + more,
                () -> notices.texts() + app.log());
    }

    private static long count(Notices notices) {
        return notices.texts().stream().filter("WATCHDOG=1"::equals).count();
    }

    @EachJdk
    void behindAWrapperTheJvmIsNamedAsTheMainProcess(Jdk jdk, @TempDir Path folder) throws IOException {
        String socket = folder.resolve("notify").toString();
        List<String> command =
                new ArrayList<>(List.of("sh", "-c", "export SYSTEMD_EXEC_PID=$$; \"$@\"; exit $?", "sh"));
        command.addAll(command(jdk, "", folder));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("NOTIFY_SOCKET", socket);
        try (Notices notices = new Notices(socket);
                JvmProcess shell = JvmProcess.start(builder)) {
            String text = notices.await("READY=1.*", shell).text();
            long jvm = ProcessHandle.of(shell.pid())
                    .orElseThrow()
                    .children()
                    .findFirst()
                    .orElseThrow()
                    .pid();
            assertThat(text).isEqualTo("READY=1\nSTATUS=serving\nMAINPID=" + jvm);
            shell.tell("quit");
            assertThat(shell.exitCode()).as(shell.log()).isZero();
        }
    }

    @EachJdk
    void aManagerThatIsNotThereIsOneLineAndNoHarm(Jdk jdk, @TempDir Path folder) {
        Map<String, String> environment =
                Map.of("NOTIFY_SOCKET", folder.resolve("nobody").toString(), "WATCHDOG_USEC", "100000");
        try (JvmProcess app = start(jdk, "", environment, folder)) {
            app.signal("USR1");
            app.await("reloader: - reload 1 done");
            app.signal("TERM");
            assertThat(app.exitCode()).as(app.log()).isZero();
            assertThat(app.journal())
                    .filteredOn(line -> line.startsWith("reloader: !"))
                    .singleElement()
                    .asString()
                    .contains("nobody: sendto failed with errno 2; the service manager does not hear");
        }
    }

    private static JvmProcess start(Jdk jdk, String options, Map<String, String> environment, Path folder) {
        ProcessBuilder builder = new ProcessBuilder(command(jdk, options, folder)).directory(folder.toFile());
        builder.environment().putAll(environment);
        JvmProcess app = JvmProcess.start(builder);
        app.await("ready");
        app.await("reloader: \\* armed");
        app.tell("greet");
        app.await("greeting: one");
        return app;
    }

    private static List<String> command(Jdk jdk, String options, Path folder) {
        Sources.compile(folder, "", """
                package com.acme;
                public class Greeting {
                    @Override public String toString() { return "one"; }
                }
                """);
        return List.of(
                jdk.java().toString(),
                "-javaagent:" + Java.AGENT + "=mercy=1h" + options,
                "-cp",
                Java.TEST_CLASSES + ":" + folder,
                PoolApp.class.getName());
    }
}
