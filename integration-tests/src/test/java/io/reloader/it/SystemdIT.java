// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The units of scripts/systemd, as they are but for the path of java, under a real systemd. */
class SystemdIT {
    private static final Path UNITS = Path.of("../scripts/systemd");
    private static final String NOTIFY = "app-notify.service";
    private static final String FORKING = "app-forking.service";

    @TempDir
    static Path folder;

    private static @Nullable Systemd booted;

    @BeforeAll
    static void boot() throws IOException {
        String obstacle = Systemd.obstacle();
        if (!obstacle.isEmpty()) {
            System.out.println("No systemd can be booted here (" + obstacle + "): the units are not tested");
        }
        assumeTrue(obstacle.isEmpty(), obstacle);
        Systemd systemd = Systemd.boot(folder);
        booted = systemd;
        systemd.copy(Java.AGENT, "/opt/app/reloader.jar");
        for (String unit : List.of(NOTIFY, FORKING)) {
            String text = Files.readString(UNITS.resolve(unit));
            assertThat(text).contains("/usr/bin/java");
            systemd.write(
                    "/etc/systemd/system/" + unit,
                    text.replace("/usr/bin/java", Jdk.current().java().toString()));
        }
    }

    @AfterAll
    static void powerOff() {
        if (booted != null) {
            booted.close();
        }
    }

    @AfterEach
    void stopBoth() {
        Systemd systemd = systemd();
        systemd.in("systemctl", "kill", "--signal=KILL", NOTIFY, FORKING);
        systemd.in("systemctl", "stop", NOTIFY, FORKING);
        systemd.in("systemctl", "reset-failed");
    }

    private static Systemd systemd() {
        if (booted == null) {
            throw new AssertionError("not booted");
        }
        return booted;
    }

    @Test
    void startReturnsWhenThePortListensAndReloadsShowTheirVerdict() throws IOException {
        Systemd systemd = prepare("--db /var/lib/app/orders", "");
        systemd.systemctl("start", NOTIFY);
        assertThat(get("/counts").lines()).as(systemd.status(NOTIFY)).anyMatch(line -> line.contains("\"v1\""));
        assertThat(systemd.property(NOTIFY, "StatusText")).isEqualTo("serving");

        deploy("v2", "");
        JvmProcess slow = slowRequest(30, 100);
        // Returns at once, or when the reload ends: whichever systemd hears of first, kill's exit or RELOADING.
        JvmProcess reload = systemd.start("systemctl", "reload", NOTIFY);
        systemd.await(NOTIFY, "ActiveState", "reloading");
        slow.exitCode();
        assertThat(reload.exitCode()).as(reload.log()).isZero();
        systemd.await(NOTIFY, "ActiveState", "active");
        assertThat(systemd.property(NOTIFY, "StatusText"))
                .startsWith("reload 1 done in")
                .contains("1 class changed");
        assertThat(get("/counts").lines()).anyMatch(line -> line.contains("\"v2\""));

        deploy("v3", "public int added() { return 1; }");
        systemd.systemctl("reload", NOTIFY);
        systemd.await(NOTIFY, "StatusText", "reload 2 refused in .*");
        systemd.await(NOTIFY, "ActiveState", "active");
        assertThat(systemd.status(NOTIFY)).contains("com.example.orders.rules.Pricing.added() was added");
        assertThat(get("/counts").lines()).anyMatch(line -> line.contains("\"v2\""));
        assertThat(systemd.property(NOTIFY, "NRestarts")).isEqualTo("0");
    }

    @Test
    void aStopDrainsPastItsTimeoutAndEndsWithSuccess() throws IOException {
        Systemd systemd = prepare("--db /var/lib/app/orders", "TimeoutStopSec=2");
        systemd.systemctl("start", NOTIFY);
        JvmProcess slow = slowRequest(60, 100);
        JvmProcess stop = systemd.start("systemctl", "stop", NOTIFY);
        systemd.await(NOTIFY, "ActiveState", "deactivating");
        systemd.await(NOTIFY, "StatusText", "stop: waiting up to .*");
        slow.exitCode();
        assertThat(slow.count("^\\d+,")).as(slow.log()).isEqualTo(60);
        assertThat(stop.exitCode()).as(stop.log()).isZero();
        assertThat(systemd.property(NOTIFY, "Result"))
                .as(systemd.status(NOTIFY))
                .isEqualTo("success");
        assertThat(systemd.property(NOTIFY, "ActiveState")).isEqualTo("inactive");
    }

    @Test
    void anApplicationThatCannotStartFailsItsUnitAndSaysWhyInItsStatus() throws IOException {
        Systemd systemd = prepare("--port 99999", "Restart=no");
        assertThat(systemd.in("systemctl", "start", NOTIFY).exitCode()).isNotZero();
        assertThat(systemd.property(NOTIFY, "ActiveState")).isEqualTo("failed");
        assertThat(systemd.status(NOTIFY)).contains("status=2", "--port must be a number from 0 to 65535, not '99999'");
    }

    @Test
    void theWatchdogIsContentWithALivingJvmAndRestartsOneThatHangs() throws IOException {
        Systemd systemd = prepare("--db /var/lib/app/orders", "WatchdogSec=2");
        systemd.systemctl("start", NOTIFY);
        String first = systemd.property(NOTIFY, "MainPID");
        JvmProcess slow = slowRequest(50, 100);
        systemd.systemctl("reload", NOTIFY);
        slow.exitCode();
        systemd.await(NOTIFY, "StatusText", "reload 1 done.*");
        assertThat(systemd.property(NOTIFY, "MainPID")).isEqualTo(first);

        systemd.systemctl("kill", "--signal=STOP", NOTIFY);
        systemd.await(NOTIFY, "NRestarts", "1");
        assertThat(systemd.in("journalctl", "--no-pager", "-u", NOTIFY).log()).contains("Watchdog timeout");
        systemd.await(NOTIFY, "ActiveState", "active");
    }

    @Test
    void aUnitThatForbidsTheSocketRunsWithoutNotificationsAndSaysSo() throws IOException {
        Systemd systemd = prepare("--db /var/lib/app/orders", """
                Type=exec
                NotifyAccess=main
                WatchdogSec=0
                RestrictAddressFamilies=
                RestrictAddressFamilies=AF_INET AF_INET6""");
        systemd.systemctl("start", NOTIFY);
        Await.until(
                "its journal",
                JvmProcess.PATIENCE,
                () -> systemd.status(NOTIFY).contains("listening on"),
                () -> systemd.status(NOTIFY));
        systemd.systemctl("reload", NOTIFY);
        Await.until(
                "its journal",
                JvmProcess.PATIENCE,
                () -> systemd.status(NOTIFY).contains("reload 1 done in"),
                () -> systemd.status(NOTIFY));
        assertThat(systemd.status(NOTIFY))
                .contains("reloader: ! NOTIFY_SOCKET=/run/systemd/notify: socket failed with errno 97; the service"
                        + " manager does not hear of reloads and stops");
        systemd.systemctl("stop", NOTIFY);
        assertThat(systemd.property(NOTIFY, "Result")).isEqualTo("success");
    }

    @Test
    void aDaemonWithAPidFileStartsReloadsAndStops() throws IOException {
        Systemd systemd = prepare("--db /var/lib/app/orders", "");
        systemd.systemctl("start", FORKING);
        String pid = systemd.property(FORKING, "MainPID");
        assertThat(Files.readString(systemd.file("/run/app/app.pid")).trim()).isEqualTo(pid);
        assertThat(systemd.status(FORKING)).doesNotContain("not our child");
        assertThat(get("/counts").lines()).anyMatch(line -> line.contains("\"v1\""));

        deploy("v2", "");
        systemd.systemctl("reload", FORKING);
        Await.until(
                "the new code",
                JvmProcess.PATIENCE,
                () -> get("/counts").lines().stream().anyMatch(line -> line.contains("\"v2\"")),
                () -> systemd.status(FORKING));

        JvmProcess slow = slowRequest(20, 100);
        systemd.systemctl("stop", FORKING);
        slow.exitCode();
        String evidence = slow.log() + Files.readString(systemd.file("/var/log/app/app.log")) + systemd.status(FORKING);
        assertThat(slow.count("^\\d+,")).as(evidence).isEqualTo(20);
        assertThat(systemd.property(FORKING, "Result"))
                .as(systemd.status(FORKING))
                .isEqualTo("success");
        assertThat(systemd.file("/run/app/app.pid")).doesNotExist();
    }

    @Test
    void theUnitForNewerSystemsDiffersInHowItReloadsOnly() throws IOException {
        List<String> newer = settings("app-notify-reload.service");
        List<String> older = settings(NOTIFY);
        assertThat(newer)
                .filteredOn(line -> !older.contains(line))
                .containsExactly("Type=notify-reload", "ReloadSignal=SIGUSR1");
        assertThat(older)
                .filteredOn(line -> !newer.contains(line))
                .containsExactly("Type=notify", "ExecReload=/bin/kill -USR1 $MAINPID");
    }

    private static List<String> settings(String unit) throws IOException {
        return Files.readAllLines(UNITS.resolve(unit)).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
    }

    /** A fresh installation. */
    private static Systemd prepare(String arguments, String setting) throws IOException {
        Systemd systemd = systemd();
        systemd.in("rm", "-rf", "/var/lib/app", "/var/log/app");
        systemd.copy(Java.SAMPLE, "/opt/app/app.jar");
        systemd.write("/etc/default/app", "APP_ARGS=" + arguments + "\n");
        for (String unit : List.of(NOTIFY, FORKING)) {
            systemd.write("/run/systemd/system/" + unit + ".d/test.conf", "[Service]\n" + setting + "\n");
        }
        systemd.systemctl("daemon-reload");
        return systemd;
    }

    private static void deploy(String version, String member) throws IOException {
        Path classes = Files.createTempDirectory(folder, "classes");
        Sources.compile(classes, Java.SAMPLE.toString(), """
                package com.example.orders.rules;
                import java.math.BigDecimal;
                public final class Pricing {
                    %s
                    public String rule() { return "%s"; }
                    public BigDecimal total(BigDecimal unitPrice, int quantity) {
                        return unitPrice.multiply(BigDecimal.valueOf(quantity));
                    }
                }
                """.formatted(member, version));
        Path jar = folder.resolve("app.jar");
        Files.copy(Java.SAMPLE, jar, StandardCopyOption.REPLACE_EXISTING);
        Jars.replace(jar, classes);
        systemd().copy(jar, "/opt/app/app.jar");
    }

    private static JvmProcess get(String path) {
        JvmProcess request = request("GET " + path);
        request.exitCode();
        return request;
    }

    /** An export of so many rows with a pause at each, under way. */
    private static JvmProcess slowRequest(int rows, int pause) {
        for (int i = 0; i < rows; i += 10) {
            request("POST /orders?item=book&quantity=3", 10).exitCode();
        }
        JvmProcess request = request("GET /export?rows=" + rows + "&pause=" + pause);
        request.await("^1,");
        return request;
    }

    private static JvmProcess request(String line) {
        return request(line, 1);
    }

    private static JvmProcess request(String line, int times) {
        return systemd()
                .start(
                        "bash",
                        "-c",
                        "for i in $(seq " + times + "); do exec 3<>/dev/tcp/127.0.0.1/8080; printf '" + line
                                + " HTTP/1.0\\r\\nHost: app\\r\\n\\r\\n' >&3; cat <&3; done");
    }
}
