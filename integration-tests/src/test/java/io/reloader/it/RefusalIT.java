// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.reloader.it.app.PoolApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be applied is refused whole, with the reason; the old code serves; the next good reload works. */
class RefusalIT {

    @EachJdk
    void aBadDeploymentIsRefusedByNameAndTheNextGoodOneIsTakenUp(Jdk jdk, @TempDir Path folder) throws IOException {
        Path classes = folder.resolve("classes");
        Sources.compile(classes, "", greeting("one", ""), other("one"));
        try (JvmProcess app = start(jdk, classes)) {
            greets(app, "one one");

            deploy(folder, classes, greeting("two", "public int added() { return 1; }"), other("two"));
            refused(app, 1, "com\\.acme\\.Greeting\\.added\\(\\)");
            greets(app, "one one");

            Path file = classes.resolve("com/acme/Greeting.class");
            Sources.compile(folder.resolve("good"), classes.toString(), greeting("three", ""));
            byte[] good = Files.readAllBytes(folder.resolve("good/com/acme/Greeting.class"));

            replace(file, Arrays.copyOf(good, good.length - 20));
            refused(app, 2, "com.acme.Greeting.*truncated");
            greets(app, "one one");

            replace(file, new byte[0]);
            refused(app, 3, "com.acme.Greeting.*empty");

            byte[] tooNew = good.clone();
            tooNew[6] = 0;
            tooNew[7] = 99;
            replace(file, tooNew);
            refused(app, 4, "com.acme.Greeting.*version 99");
            greets(app, "one one");

            replace(file, good);
            int mark = app.mark();
            app.signal("USR1");
            app.await("reloader: - reload 5 done in .*: 2 classes changed \\(2 body\\), 4/4 workers", mark);
            greets(app, "three two");
        }
    }

    @EachJdk
    void aReloadWithNothingChangedStillGivesFreshWorkers(Jdk jdk, @TempDir Path folder) {
        Path classes = folder.resolve("classes");
        Sources.compile(classes, "", greeting("one", ""), other("one"));
        try (JvmProcess app = start(jdk, classes)) {
            int mark = app.mark();
            app.signal("USR1");
            app.await("reloader: - reload 1 done in .*: 0 classes changed, 4/4 workers of 1 worker pool", mark);
            app.signal("USR2");
            app.await("reloader: - reload 2 done in .*: 0 classes changed, 2/2 workers of 1 task pool", mark);
            app.tell("greet");
            app.await("greeting: one one from http-[5-8]", mark);
        }
    }

    @EachJdk
    void aWrongOptionLeavesReloaderOutAndTheApplicationRunning(Jdk jdk) {
        try (JvmProcess app = Java.on(jdk)
                .agent("mercyy=3s")
                .classPath(Java.TEST_CLASSES)
                .main(PoolApp.class)
                .start()) {
            app.await("ready");
            assertThat(app.journal())
                    .singleElement()
                    .asString()
                    .contains("option mercyy is unknown; did you mean mercy?", "runs without reloader");
            app.tell("quit");
            assertThat(app.exitCode()).isZero();
        }
    }

    @EachJdk
    void aWrongOptionUnderStrictEndsTheProcessWithStatusTwo(Jdk jdk) {
        JvmProcess app = Java.on(jdk)
                .agent("mercyy=3s,strict")
                .classPath(Java.TEST_CLASSES)
                .main(PoolApp.class)
                .start();
        try (app) {
            assertThat(app.exitCode()).as(app.log()).isEqualTo(2);
            assertThat(app.lines()).doesNotContain("ready");
        }
    }

    private static void refused(JvmProcess app, int number, String reason) {
        int mark = app.mark();
        app.signal("USR1");
        app.await("reloader: ! reload " + number + " refused: .*" + reason, mark);
        app.await("reloader: - reload " + number + " refused in .*; every worker keeps serving the old code", mark);
    }

    private static void greets(JvmProcess app, String versions) {
        int mark = app.mark();
        app.tell("greet");
        app.await("greeting: " + versions + " from", mark);
    }

    private static String greeting(String version, String member) {
        return """
                package com.acme;
                public class Greeting {
                    %s
                    @Override public String toString() { return "%s " + Other.version(); }
                }
                """.formatted(member, version);
    }

    private static String other(String version) {
        return """
                package com.acme;
                public class Other {
                    public static String version() { return "%s"; }
                }
                """.formatted(version);
    }

    private static void deploy(Path folder, Path classes, String... sources) {
        Path built = folder.resolve("built");
        Sources.compile(built, "", sources);
        Sources.deploy(built, classes);
    }

    private static void replace(Path file, byte[] bytes) throws IOException {
        Path beside = Files.write(file.resolveSibling("new"), bytes);
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static JvmProcess start(Jdk jdk, Path classes) {
        JvmProcess app = Java.on(jdk)
                .agent("")
                .classPath(Java.TEST_CLASSES, classes)
                .main(PoolApp.class)
                .start();
        app.await("ready");
        app.await("reloader: \\* armed");
        app.tell("greet");
        app.await("greeting: ");
        return app;
    }
}
