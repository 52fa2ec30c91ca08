// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.reloader.it.app.PoolApp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code scripts/reload.sh}: whom it signals, and what its exit code says. */
class ReloadScriptIT {
    private static final Path SCRIPT =
            Path.of("../scripts/reload.sh").toAbsolutePath().normalize();

    @TempDir
    Path folder;

    private Path log;
    private Path pidFile;

    @BeforeEach
    void place() {
        log = folder.resolve("app.log");
        pidFile = folder.resolve("app.pid");
    }

    @Test
    void theVerdictIsShownAndIsTheExitCode() throws IOException {
        try (JvmProcess app = start("-javaagent:" + Java.AGENT + "=mercy=500ms")) {
            JvmProcess done = reload();
            assertThat(done.exitCode()).as(done.log()).isZero();
            assertThat(done.lines()).last().asString().startsWith("reloader: - reload 1 done in ");

            Files.createFile(folder.resolve("com/acme/Greeting.class.new"));
            Files.move(
                    folder.resolve("com/acme/Greeting.class.new"),
                    folder.resolve("com/acme/Greeting.class"),
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            JvmProcess refused = reload();
            assertThat(refused.exitCode()).as(refused.log()).isEqualTo(1);
            assertThat(refused.lines()).first().asString().matches("reloader: ! reload 2 refused: .*Greeting.*empty.*");
            Sources.compile(folder, "", GREETING);

            app.tell("hold-job");
            awaitLog("holding in");
            JvmProcess workers = reload("workers");
            assertThat(workers.exitCode()).as(workers.log()).isZero();
            JvmProcess partial = reload("tasks", "60");
            assertThat(partial.exitCode()).as(partial.log()).isEqualTo(4);
            assertThat(partial.lines()).last().asString().startsWith("reloader: - reload 4 partial after ");
        }
    }

    @Test
    void aVerdictThatDoesNotComeInTimeIsSaid() throws IOException {
        try (JvmProcess app = start("-javaagent:" + Java.AGENT + "=mercy=1h")) {
            app.tell("hold");
            awaitLog("holding in");
            JvmProcess late = reload("workers", "1");
            assertThat(late.exitCode()).as(late.log()).isEqualTo(4);
            assertThat(late.lines()).containsExactly("reload: no verdict after 1 s; the reload goes on, see " + log);
        }
    }

    @Test
    void nobodyElseIsSignalled() throws IOException {
        Files.createFile(log);
        assertThat(reload().exitCode()).as("no pid file").isEqualTo(3);

        for (String content : List.of("", "x\n", "-1\n", "0\n")) {
            Files.writeString(pidFile, content);
            assertThat(reload().exitCode()).as("\"%s\"", content).isEqualTo(3);
        }
        JvmProcess gone = JvmProcess.run(List.of("true"));
        Files.writeString(pidFile, gone.pid() + "\n");
        assertThat(reload().exitCode()).as("a stale number").isEqualTo(3);

        try (JvmProcess foreign = JvmProcess.start(List.of("sleep", "60"))) {
            Files.writeString(pidFile, foreign.pid() + "\n");
            JvmProcess refused = reload();
            assertThat(refused.exitCode()).isEqualTo(3);
            assertThat(refused.lines()).singleElement().asString().contains("is sleep, not the daemon");
            assertThat(foreign.alive()).isTrue();
        }
        try (JvmProcess plain = start("-Dno.agent")) {
            JvmProcess refused = reload("tasks");
            assertThat(refused.exitCode()).isEqualTo(3);
            assertThat(refused.lines()).singleElement().asString().contains("no agent runs in it");
            assertThat(plain.alive()).isTrue();
        }
    }

    @Test
    void wrongArgumentsAreStatusTwo() throws IOException {
        assertThat(JvmProcess.run(List.of(SCRIPT.toString())).exitCode()).isEqualTo(2);
        assertThat(reload("everything").exitCode()).isEqualTo(2);
        assertThat(reload("workers", "soon").exitCode()).isEqualTo(2);
    }

    private JvmProcess reload(String... more) {
        List<String> command =
                new java.util.ArrayList<>(List.of(SCRIPT.toString(), pidFile.toString(), log.toString()));
        command.addAll(List.of(more));
        return JvmProcess.run(command);
    }

    private static final String GREETING = """
            package com.acme;
            public class Greeting {
                @Override public String toString() { return "one"; }
            }
            """;

    private JvmProcess start(String option) throws IOException {
        Sources.compile(folder, "", GREETING);
        List<String> command = new java.util.ArrayList<>(
                List.of("sh", "-c", "log=$1; shift; exec \"$@\" >>\"$log\" 2>&1", "sh", log.toString()));
        command.addAll(List.of(
                Jdk.current().java().toString(),
                option,
                "-cp",
                Java.TEST_CLASSES + ":" + folder,
                PoolApp.class.getName()));
        JvmProcess app = JvmProcess.start(command);
        awaitLog("ready");
        if (option.startsWith("-javaagent")) {
            awaitLog("reloader: * armed");
        }
        app.tell("greet");
        awaitLog("greeting: one");
        Files.writeString(pidFile, app.pid() + "\n");
        return app;
    }

    private void awaitLog(String text) {
        Await.until("\"" + text + "\"", JvmProcess.PATIENCE, () -> logged().contains(text), this::logged);
    }

    private String logged() {
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
