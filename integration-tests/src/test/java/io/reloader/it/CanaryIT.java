// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.reloader.it.app.CanaryApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import org.junit.jupiter.api.io.TempDir;

/** A reload whose code fails on its first workers goes back by itself, and nobody meets two versions on the way. */
class CanaryIT {
    /** A worker that waited for the initialiser of another may be the first to tell. */
    private static final String FAILURE =
            "java.lang.(ExceptionInInitializerError \\(java.lang.IllegalStateException: no"
                    + " rates at com.acme.Rates.read\\(.*\\)\\)|NoClassDefFoundError: Could not initialize class com.acme.Rates)"
                    + " at com.acme.Parts.extra\\(Parts.java:.*\\)";

    private static final String COUNTED = "answers=\\{(.*)} mixed=(\\d+) errors=(\\d+) failing=(\\d+) probes=(\\d+)\\.";

    @EachJdk
    void codeWhoseInitialiserFailsIsRolledBackAndStaysOutUntilItIsFixed(Jdk jdk, @TempDir Path folder) {
        Path classes = folder.resolve("classes");
        compile(classes, 1, "");
        try (JvmProcess app = start(jdk, classes)) {
            app.await("ready");
            app.tell("hold");
            deploy(folder, classes, 2, "if (Boolean.getBoolean(\"acme.fail\")) { Rates.rate(); }");
            app.signal("USR1");
            app.await("held 2");
            app.tell("fail");
            app.await("reloader: ! reload 1 fails: " + FAILURE + " on http-\\d+, which the code before it did not meet;"
                    + " rolling it back");
            app.await("reloader: - reload 2: 2 classes put back \\(2 body\\), 1 worker pool, 8 workers");
            // The one that is held began on the new code, and ends on it.
            app.tell("release");
            app.await("reloader: - reload 1 failed in .*: " + FAILURE
                    + "; rolled back: reload 2 done in .*: 2 classes put"
                    + " back \\(2 body\\), 8/8 workers of 1 worker pool in generation 2.*");
            Matcher after = count(app);
            assertThat(after.group(2)).as("mixed: " + app.log()).isEqualTo("0");
            assertThat(Integer.parseInt(after.group(3))).as(app.log()).isPositive();
            assertThat(Integer.parseInt(after.group(4))).as(app.log()).isLessThanOrEqualTo(renewed(app));
            answersOnly(app, 1);

            int mark = app.mark();
            app.signal("USR1");
            app.await("reloader: \\+ com.acme.(Driver|Parts) and 1 more were rolled back; .*", mark);
            app.await("reloader: - reload 3 done in .*: 0 classes changed.*", mark);
            answersOnly(app, 1);

            deploy(folder, classes, 3, "");
            app.signal("USR1");
            app.await("reloader: - reload 4 done in .*: 2 classes changed \\(2 body\\).*", mark);
            answersOnly(app, 3);
            assertThat(count(app).group(3)).as(app.log()).isEqualTo(after.group(3));
        }
    }

    @EachJdk
    void aLibraryThatProbesForWhatIsNotThereIsNoReasonToGoBack(Jdk jdk, @TempDir Path folder) throws IOException {
        Path classes = folder.resolve("classes");
        compile(classes, 1, "");
        Sources.compile(
                classes,
                "",
                "package com.acme; class Missing { }",
                "package com.acme; class Optional extends Missing { }");
        Files.delete(classes.resolve("com/acme/Missing.class"));
        try (JvmProcess app = start(jdk, classes)) {
            app.await("ready");
            deploy(folder, classes, 2, "");
            app.signal("USR1");
            app.await("reloader: - reload 1 done in .*: 2 classes changed.*");
            app.tell("probe");
            answersOnly(app, 2);
            assertThat(Integer.parseInt(count(app).group(5))).isPositive();
            app.signal("USR1");
            app.await("reloader: - reload 2 done in .*: 0 classes changed.*");
            assertThat(app.log()).doesNotContain(" fails: ").doesNotContain("put back");
            answersOnly(app, 2);
        }
    }

    private static JvmProcess start(Jdk jdk, Path classes) {
        JvmProcess app = Java.on(jdk)
                .agent("quiet-period=10ms,workers=http-*")
                .classPath(classes, Java.TEST_CLASSES)
                .main(CanaryApp.class)
                .start();
        app.await("reloader: \\* armed");
        return app;
    }

    /** How many workers had got the code that failed. */
    private static int renewed(JvmProcess app) {
        Matcher stopped = app.await("reload 1 (?:stopped: its code fails; |done in .*, )(\\d+)/8 workers");
        // One may have been on its way.
        return Integer.parseInt(stopped.group(1)) + 1;
    }

    private static Matcher count(JvmProcess app) {
        int mark = app.mark();
        app.tell("count");
        return app.await(COUNTED, mark);
    }

    /** Of a few dozen answers that come from here on. */
    private static void answersOnly(JvmProcess app, int version) {
        int mark = app.mark();
        app.tell("clear");
        app.await("cleared", mark);
        // Those that were at work have answered by now.
        app.tell("clear");
        Await.until("answers", JvmProcess.PATIENCE, () -> count(app).group(1).matches(".*=\\d{2,}.*"), app::log);
        assertThat(count(app).group(1)).as(app.log()).matches(version + "=\\d+");
    }

    private static void deploy(Path folder, Path classes, int version, String extra) {
        Path built = folder.resolve("built-" + version);
        compile(built, version, extra);
        Sources.deploy(built, classes);
    }

    private static void compile(Path out, int version, String extra) {
        Sources.compile(out, "", """
                package com.acme;
                public final class Driver implements java.util.function.ToIntFunction<java.util.function.IntConsumer> {
                    @Override public int applyAsInt(java.util.function.IntConsumer pause) {
                        int first = Parts.number();
                        int second = %d;
                        pause.accept(first);
                        Parts.extra();
                        return first == second && first == Parts.number() && first == new Parts().made ? first : -1;
                    }
                }
                """.formatted(version), """
                package com.acme;
                final class Parts {
                    final int made;
                    Parts() { made = %1$d; }
                    static int number() { return %1$d; }
                    static void extra() { %2$s }
                }
                """.formatted(version, extra), """
                package com.acme;
                final class Rates {
                    private static final int RATE = read();
                    static int rate() { return RATE; }
                    private static int read() { throw new IllegalStateException("no rates"); }
                }
                """);
    }
}
