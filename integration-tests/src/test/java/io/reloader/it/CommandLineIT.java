// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.reloader.it.app.PoolApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** What each verb says of a real process, and what it exits with. */
class CommandLineIT {

    @EachJdk
    void aChangeIsCheckedTakenUpShownAndRolledBack(Jdk jdk, @TempDir Path folder) {
        Path classes = folder.resolve("classes");
        deploy(folder, classes, "one", "");
        try (JvmProcess app = start(jdk, classes, "")) {
            app.tell("greet");
            app.await("greeting: one");
            assertThat(done(jdk, app, "status").lines())
                    .anyMatch(line -> line.matches("reloader \\S+ in process " + app.pid() + ", java .*"))
                    .contains("state: idle, generation 0, 0 to roll back")
                    .anyMatch(line -> line.matches("http +worker +4 +0 +0:4"));
            assertThat(done(jdk, app, "classes").lines()).contains("every class runs what it was loaded with");

            deploy(folder, classes, "two", "");
            assertThat(done(jdk, app, "check").lines())
                    .anyMatch(line -> line.startsWith("body      com.acme.Greeting from "))
                    .contains("reloader: - check: a reload would take up 1 class");
            app.tell("greet");
            app.await("greeting: one from http-[1-4]");
            assertThat(done(jdk, app, "reload").lines())
                    .anyMatch(line -> line.startsWith("reloader: + http: 4/4 workers in generation 1"))
                    .last()
                    .asString()
                    .startsWith("reloader: - reload 1 done in ")
                    .contains("1 class changed (1 body), 4/4 workers of 1 worker pool in generation 1");
            app.tell("greet");
            app.await("greeting: two from http-[5-8]");
            done(jdk, app, "reload", "--tasks", "-q");
            assertThat(done(jdk, app, "classes").lines())
                    .anyMatch(line -> line.startsWith("runs      com.acme.Greeting"));

            assertThat(done(jdk, app, "rollback").lines()).last().asString().contains("1 class put back");
            assertThat(done(jdk, app, "classes").lines())
                    .anyMatch(line -> line.startsWith("withheld  com.acme.Greeting"));
            assertThat(done(jdk, app, "pools").lines()).anyMatch(line -> line.startsWith("http: worker pool ("));
            assertThat(done(jdk, app, "status").lines())
                    .anyMatch(line -> line.startsWith("verdict done: reload 1 done in"))
                    .anyMatch(line -> line.startsWith("verdict done: reload 3 done in"));
        }
    }

    @EachJdk
    void aRefusalIsExitCodeOneAndSaidByCheckBefore(Jdk jdk, @TempDir Path folder) {
        Path classes = folder.resolve("classes");
        deploy(folder, classes, "one", "");
        try (JvmProcess app = start(jdk, classes, "")) {
            app.tell("greet");
            app.await("greeting: one");
            deploy(folder, classes, "two", "public int added() { return 1; }");
            JvmProcess check = ends(1, jdk, app, "check");
            assertThat(check.lines()).anyMatch(line -> line.startsWith("restart   com.acme.Greeting"));
            assertThat(check.lines()).last().asString().contains("a reload would be refused: 1 fault");
            JvmProcess reload = ends(1, jdk, app, "reload");
            assertThat(reload.lines())
                    .anyMatch(line -> line.matches("reloader: ! reload 1 refused: .*com\\.acme\\.Greeting\\.added.*"))
                    .last()
                    .asString()
                    .startsWith("reloader: ! reload: reload 1 refused in ");
            assertThat(ends(1, jdk, app, "rollback").lines())
                    .anyMatch(line -> line.contains("there is no reload to roll back"));
        }
    }

    @EachJdk
    void aWorkerThatIsAtItTooLongIsExitCodeFourAndIsShown(Jdk jdk, @TempDir Path folder) {
        try (JvmProcess app = start(jdk, folder, "mercy=1s")) {
            app.tell("hold");
            app.await("holding in http");
            assertThat(ends(4, jdk, app, "reload", "--timeout", "200ms").lines())
                    .last()
                    .asString()
                    .contains("has not answered within 200 ms; what was asked for goes on there; see status");
            app.await("reloader: - reload 1 partial after");
            assertThat(ends(4, jdk, app, "reload").lines())
                    .anyMatch(line -> line.contains("is behind, at it for at least"))
                    .last()
                    .asString()
                    .startsWith("reloader: ! reload: reload 2 partial after");
            assertThat(done(jdk, app, "status").lines())
                    .anyMatch(line -> line.matches("behind: http-\\d of http, for .*, at .*"));
            assertThat(done(jdk, app, "pools").lines())
                    .anyMatch(line -> line.matches(
                            "  http-\\d: generation 0, busy for .*, at io.reloader.it.app.PoolApp.hold.*"));
            assertThat(done(jdk, app, "reload", "--no-wait").lines())
                    .containsExactly("reloader: - reload asked for; not waited for");
            app.tell("release");
        }
    }

    @EachJdk
    void aStopIsOverWhenTheProcessIsAndItsExitCodeSaysWhetherAllWasDone(Jdk jdk, @TempDir Path folder) {
        try (JvmProcess app = start(jdk, folder, "")) {
            assertThat(done(jdk, app, "stop").lines())
                    .anyMatch(line -> line.startsWith("reloader: - stop: all work finished in"))
                    .last()
                    .isEqualTo("reloader: - stop: process " + app.pid() + " has ended");
            assertThat(app.exitCode()).isZero();
            assertThat(app.lines()).contains("hook ran");
            assertThat(ends(3, jdk, app, "status").lines())
                    .containsExactly("reloader: ! status: there is no process " + app.pid());
        }
        try (JvmProcess app = start(jdk, folder, "term-deadline=1s")) {
            app.tell("hold");
            app.await("holding in http");
            assertThat(ends(4, jdk, app, "stop").lines())
                    .anyMatch(line -> line.startsWith("reloader: ! stop: work was still in flight"))
                    .last()
                    .asString()
                    .contains("has ended with work in flight");
            assertThat(app.exitCode()).isEqualTo(143);
        }
    }

    @EachJdk
    void aProcessThatIsStoppedOrHasNoReloaderIsSaidToBe(Jdk jdk, @TempDir Path folder) {
        try (JvmProcess app = start(jdk, folder, "")) {
            app.signal("STOP");
            assertThat(ends(4, jdk, app, "reload", "--timeout", "1s").lines())
                    .containsExactly("reloader: ! reload: process " + app.pid() + " has not answered within 1 s; it is"
                            + " stopped: continue it with kill -CONT " + app.pid());
            app.signal("CONT");
            app.await("reloader: - reload 1 done in");
        }
        try (JvmProcess app = start(jdk, folder, "socket=none")) {
            assertThat(ends(3, jdk, app, "reload").lines()).last().asString().contains("runs with socket=none");
        }
        try (JvmProcess app = start(jdk, folder, "")) {
            assertThat(ends(2, jdk, app, "reload", "--timeout", "soon").lines())
                    .anyMatch(line -> line.contains("'soon' is no time; it is a number and ms, s, m or h"));
            ends(2, jdk, app, "reload", "--tasks", "--all");
        }
    }

    @EachJdk
    void theProcessMayBeNamedByItsPidFileAndAskedForJson(Jdk jdk, @TempDir Path folder) throws IOException {
        try (JvmProcess app = start(jdk, folder, "")) {
            Path file = Files.writeString(folder.resolve("app.pid"), app.pid() + "\n");
            for (String verb : List.of("status", "pools", "classes", "check")) {
                JvmProcess json = Java.reloader(jdk, verb, "--json", file.toString());
                assertThat(json.exitCode()).as(json.log()).isZero();
                assertThat(json.lines())
                        .singleElement()
                        .asString()
                        .startsWith("{\"version\":1,\"verb\":\"" + verb + "\",")
                        .endsWith("}");
            }
        }
    }

    private static JvmProcess done(Jdk jdk, JvmProcess app, String... arguments) {
        return ends(0, jdk, app, arguments);
    }

    private static JvmProcess ends(int code, Jdk jdk, JvmProcess app, String... arguments) {
        JvmProcess verb = Java.reloader(
                jdk,
                Stream.concat(Stream.of(arguments), Stream.of(Long.toString(app.pid())))
                        .toArray(String[]::new));
        assertThat(verb.exitCode()).as("%s\n%s", verb.log(), app.log()).isEqualTo(code);
        return verb;
    }

    private static void deploy(Path folder, Path classes, String version, String member) {
        Path built = folder.resolve("built");
        Sources.compile(built, "", """
                package com.acme;
                public class Greeting {
                    %s
                    @Override public String toString() { return "%s"; }
                }
                """.formatted(member, version));
        Sources.deploy(built, classes);
    }

    private static JvmProcess start(Jdk jdk, Path classes, String options) {
        JvmProcess app = Java.on(jdk)
                .agent(options)
                .classPath(Java.TEST_CLASSES, classes)
                .main(PoolApp.class)
                .start();
        app.await("ready");
        app.await("reloader: \\* armed");
        return app;
    }
}
