// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.reloader.it.app.PoolApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Events of reloader in flight recordings, as {@code jcmd} starts them and {@code jfr} reads them. */
class FlightIT {
    private static final Path SETTINGS =
            Path.of("../scripts/reloader.jfc").toAbsolutePath().normalize();

    @TempDir
    Path folder;

    private Path classes;
    private Path file;

    @BeforeEach
    void place() throws IOException {
        classes = Files.createDirectory(folder.resolve("classes"));
        file = folder.resolve("reloads.jfr");
        greeting("hello", "");
    }

    @EachJdk
    void aRecordingThatWasStartedLaterHasReloadsClassesWorkersAndTheStop(Jdk jdk) {
        try (JvmProcess app = start(jdk)) {
            record(jdk, app);
            greeting("good morning", "");
            app.signal("USR1");
            app.await("reloader: - reload 1 done");
            greeting("good night", "public void more() {}");
            app.signal("USR2");
            app.await("reloader: - reload 2 refused in");
            app.signal("TERM");
            assertThat(app.exitCode()).as(app.log()).isZero();
        }
        String events = print(jdk);
        contains(events, "io.reloader.Command", "command = \"reload workers\"", "state = \"idle\"");
        contains(
                events,
                "io.reloader.Reload",
                "number = 1",
                "command = \"reload workers\"",
                "verdict = \"done\"",
                "changed = 1",
                "line = \"reload 1 done in ");
        contains(events, "io.reloader.Reload", "number = 2", "command = \"reload tasks\"", "verdict = \"refused\"");
        for (String phase : List.of("prepare", "scan", "check", "swap", "roll")) {
            contains(events, "io.reloader.Phase", "duration = ", "number = 1", "phase = \"" + phase + "\"");
        }
        // The task pools still ran the code before the first reload, and are rolled before the second looks further.
        contains(events, "io.reloader.Phase", "number = 2", "phase = \"settle\"");
        contains(
                events,
                "io.reloader.Class",
                "number = 1",
                "type = \"com.acme.Greeting\"",
                "loader = \"jdk.internal.loader.ClassLoaders$AppClassLoader@",
                "verdict = \"body\"");
        contains(events, "io.reloader.Class", "number = 2", "type = \"com.acme.Greeting\"", "verdict = \"restart\"");
        contains(events, "io.reloader.WorkerRetired", "number = 1", "pool = \"http\"", "worker = \"http-", "waited = ");
        contains(events, "io.reloader.Drain", "status = 0", "busy = 0");
        theHashOfOneIsTheNextOnesBefore(events);
    }

    private static void theHashOfOneIsTheNextOnesBefore(String events) {
        List<String> changes = blocks(events, "io.reloader.Class");
        assertThat(changes).hasSize(2);
        String after = value(changes.get(0), "after");
        assertThat(after).matches("\"[0-9a-f]+\"").isEqualTo(value(changes.get(1), "before"));
        assertThat(value(changes.get(0), "before")).matches("\"[0-9a-f]+\"").isNotEqualTo(after);
    }

    @EachJdk
    void aRecordingThatRanFromTheStartHasThemToo(Jdk jdk) {
        try (JvmProcess app = start(jdk, "-XX:StartFlightRecording:dumponexit=true,filename=" + file)) {
            app.signal("USR2");
            app.await("reloader: - reload 1 done");
            app.signal("TERM");
            assertThat(app.exitCode()).as(app.log()).isZero();
        }
        contains(print(jdk), "io.reloader.Reload", "number = 1", "verdict = \"done\"");
    }

    @EachJdk
    void aRuntimeWithoutTheRecorderReloadsAllTheSame(Jdk jdk) {
        try (JvmProcess app = start(jdk, "--limit-modules=java.instrument,jdk.net,jdk.unsupported")) {
            greeting("good morning", "");
            app.signal("USR1");
            app.await("reloader: - reload 1 done in .*: 1 class changed");
            assertThat(app.journal()).as(app.log()).noneMatch(line -> line.startsWith("reloader: !"));
        }
    }

    private JvmProcess start(Jdk jdk, String... more) {
        JvmProcess app = Java.on(jdk)
                .agent(Served.OPTIONS)
                .with(more)
                .classPath(classes, Java.TEST_CLASSES)
                .main(PoolApp.class)
                .start();
        app.await("^ready");
        app.await("reloader: \\* armed");
        app.tell("greet");
        app.await("^greeting: hello");
        return app;
    }

    private void greeting(String word, String more) {
        Path built = folder.resolve(word);
        Sources.compile(built, "", """
                package com.acme;
                public class Greeting {
                    @Override public String toString() { return "%s"; }
                    %s
                }
                """.formatted(word, more));
        Sources.deploy(built, classes);
    }

    private void record(Jdk jdk, JvmProcess app) {
        JvmProcess started = JvmProcess.run(List.of(
                jdk.tool("jcmd").toString(),
                Long.toString(app.pid()),
                "JFR.start",
                "name=reloads",
                "settings=" + SETTINGS,
                "dumponexit=true",
                "filename=" + file));
        assertThat(started.lines()).as(started.log()).anyMatch(line -> line.startsWith("Started recording"));
    }

    private String print(Jdk jdk) {
        JvmProcess printed = JvmProcess.run(
                List.of(jdk.tool("jfr").toString(), "print", "--events", "io.reloader.*", file.toString()));
        assertThat(printed.exitCode()).as(printed.log()).isZero();
        return String.join("\n", printed.lines());
    }

    private static void contains(String events, String name, String... facts) {
        assertThat(blocks(events, name))
                .as("%s in\n%s", name, events)
                .anySatisfy(block -> assertThat(block).contains(facts));
    }

    private static List<String> blocks(String events, String name) {
        return List.of(events.split("\n\n")).stream()
                .filter(block -> block.startsWith(name + " {"))
                .toList();
    }

    private static String value(String block, String field) {
        return block.lines()
                .filter(line -> line.strip().startsWith(field + " = "))
                .map(line -> line.substring(line.indexOf('=') + 2))
                .findFirst()
                .orElse("");
    }
}
