// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.reloader.it.app.LoggingApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** {@code scripts/init/logrotate}, by logrotate itself where there is one, else by what its directives say. */
class LogRotationIT {
    private static final Path SNIPPET = Path.of("..", "scripts", "init", "logrotate");
    private static final int ROTATIONS = 5;

    @EachJdk
    void noLineIsLostAcrossRotationsUnderLoad(Jdk jdk, @TempDir Path folder) throws IOException {
        Path end = folder.resolve("end");
        Java java = Java.on(jdk)
                .agent(Daemonized.options(folder))
                .in(folder)
                .classPath(Java.TEST_CLASSES)
                .main(LoggingApp.class, end.toString());
        try (Daemonized daemon = new Daemonized(java.start(), folder)) {
            daemon.up().awaitLog("HUP=reopen log");
            for (int i = 0; i < ROTATIONS; i++) {
                daemon.awaitLog("line b");
                rotate(daemon, folder);
                daemon.awaitLog("reloader: - log " + daemon.log + " reopened");
            }
            daemon.awaitLog("line b");
            Files.createFile(end);
            daemon.awaitLog("all written");

            List<String> lines = new ArrayList<>();
            for (int i = ROTATIONS; i > 0; i--) {
                lines.addAll(Files.readAllLines(rotated(daemon, i)));
            }
            lines.addAll(Files.readAllLines(daemon.log));
            for (String writer : List.of("a", "b")) {
                assertThat(lines.stream().filter(line -> line.matches("(line|last) " + writer + " .*")))
                        .as("what %s wrote", writer)
                        .containsExactlyElementsOf(written(lines, writer));
            }
            daemon.kill();
        }
    }

    private static List<String> written(List<String> lines, String writer) {
        String prefix = "last " + writer + " ";
        String last = lines.stream()
                .filter(line -> line.startsWith(prefix))
                .findFirst()
                .orElseThrow();
        int count = Integer.parseInt(last.substring(prefix.length()));
        List<String> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add("line " + writer + " " + i);
        }
        all.add(last);
        return all;
    }

    private static void rotate(Daemonized daemon, Path folder) throws IOException {
        if (JvmProcess.run(List.of("sh", "-c", "command -v logrotate")).exitCode() == 0) {
            Path configuration = Files.writeString(folder.resolve("logrotate.conf"), directives(daemon));
            Files.setPosixFilePermissions(configuration, PosixFilePermissions.fromString("rw-r--r--"));
            run(List.of(
                    "logrotate", "--force", "--state", folder.resolve("state").toString(), configuration.toString()));
            return;
        }
        for (int i = ROTATIONS - 1; i > 0; i--) {
            if (Files.exists(rotated(daemon, i))) {
                Files.move(rotated(daemon, i), rotated(daemon, i + 1));
            }
        }
        Files.move(daemon.log, rotated(daemon, 1));
        Files.createFile(
                daemon.log, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----")));
        run(List.of("sh", "-c", between(directives(daemon), "postrotate\n", "endscript")));
    }

    private static void run(List<String> command) {
        try (JvmProcess process = JvmProcess.run(command)) {
            assertThat(process.exitCode()).as(process.log()).isZero();
        }
    }

    /** Of this daemon's files; without its user, whom this machine does not have, and without compression. */
    private static String directives(Daemonized daemon) throws IOException {
        return Files.readString(SNIPPET)
                .replace("/var/log/app/app.log", daemon.log.toString())
                .replace("/run/app/app.pid", daemon.pidFile.toString())
                .replace("create 0640 app app", "create 0640")
                .replaceAll("(?m)^ *(su app app|compress|delaycompress)\n", "");
    }

    private static String between(String text, String from, String to) {
        int start = text.indexOf(from) + from.length();
        return text.substring(start, text.indexOf(to, start));
    }

    private static Path rotated(Daemonized daemon, int age) {
        return daemon.log.resolveSibling(daemon.log.getFileName() + "." + age);
    }
}
