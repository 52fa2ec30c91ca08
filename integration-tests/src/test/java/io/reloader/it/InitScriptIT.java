// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code scripts/init/app} over start-stop-daemon: what each verb does, and the exit codes of the LSB. */
class InitScriptIT {
    private static final Path SCRIPTS = Path.of("../scripts").toAbsolutePath().normalize();

    @TempDir
    Path folder;

    private Path pidFile;

    @BeforeEach
    void install() throws IOException {
        boolean possible = Files.isExecutable(Path.of("/usr/sbin/start-stop-daemon"))
                || Files.isExecutable(Path.of("/sbin/start-stop-daemon"));
        if (!possible) {
            System.out.println("No start-stop-daemon here: the init script is not tested");
        }
        assumeTrue(possible, "start-stop-daemon");
        pidFile = folder.resolve("run/app.pid");
        Files.copy(Java.SAMPLE, folder.resolve("app.jar"));
        Files.copy(Java.AGENT, folder.resolve("reloader.jar"));
        Files.copy(SCRIPTS.resolve("reload.sh"), folder.resolve("reload.sh"));
        int port = freePort();
        configure(port, "--port " + port);
    }

    private void configure(int port, String arguments) throws IOException {
        Files.writeString(folder.resolve("default"), """
                APP_USER=%s
                APP_HOME=%s
                APP_PID=%s
                APP_LOG=%s/log/app.log
                JAVA=%s
                APP_ARGS="%s --db %s/orders"
                AGENT_OPTIONS=ready=port:%d
                """.formatted(
                        System.getProperty("user.name"),
                        folder,
                        pidFile,
                        folder,
                        Jdk.current().java(),
                        arguments,
                        folder,
                        port));
    }

    @AfterEach
    void leaveNothingBehind() throws IOException {
        if (pidFile != null && Files.exists(pidFile)) {
            ProcessHandle.of(pid()).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    @Test
    void eachVerbDoesWhatTheStandardSays() throws IOException {
        expect(3, "status");
        expect(7, "reload");
        expect(0, "stop");
        expect(2, "dance");

        expect(0, "start");
        long first = pid();
        expect(0, "status");
        expect(0, "start");
        assertThat(pid()).isEqualTo(first);

        assertThat(expect(0, "reload").lines()).last().asString().startsWith("reloader: - reload 1 done in ");

        expect(0, "restart");
        long second = pid();
        assertThat(second).isNotEqualTo(first);
        Await.until(
                "process 1 to have taken note of its end",
                JvmProcess.PATIENCE,
                () -> ProcessHandle.of(first).isEmpty(),
                () -> "" + first);

        ProcessHandle handle = ProcessHandle.of(second).orElseThrow();
        handle.destroyForcibly();
        Await.until("its end", JvmProcess.PATIENCE, () -> !handle.isAlive(), () -> "" + second);
        expect(1, "status");
        expect(0, "start");
        expect(0, "stop");
        expect(3, "status");
        assertThat(pidFile).doesNotExist();
        assertThat(Files.readString(folder.resolve("log/app.log"))).contains("stop: all work finished");
    }

    @Test
    void aStartThatFailsSaysWhy() throws IOException {
        configure(1, "--port 99999");
        assertThat(expect(1, "start").lines())
                .anyMatch(line -> line.contains("--port must be a number from 0 to 65535"))
                .last()
                .asString()
                .contains("daemon exited with status 2 before it was ready");
        expect(3, "status");
        Files.delete(folder.resolve("app.jar"));
        expect(5, "start");
    }

    private JvmProcess expect(int status, String verb) {
        ProcessBuilder builder =
                new ProcessBuilder(List.of(SCRIPTS.resolve("init/app").toString(), verb));
        builder.environment().put("APP_DEFAULTS", folder.resolve("default").toString());
        JvmProcess script = JvmProcess.start(builder);
        assertThat(script.exitCode()).as("%s: %s", verb, script.log()).isEqualTo(status);
        return script;
    }

    private long pid() throws IOException {
        return Long.parseLong(Files.readString(pidFile).trim());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
