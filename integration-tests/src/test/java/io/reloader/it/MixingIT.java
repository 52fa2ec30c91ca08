// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.reloader.it.app.MixingApp;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No unit of work meets old and new code: not by classes, constructors, lambdas or default methods. One is held while
 * the code changes, at each reload.
 */
class MixingIT {
    private static final long ENOUGH_TASKS = 1_000_000;
    private static final int LEAST_RELOADS = 8;

    @EachJdk
    void aMillionTasksUnderReloadsMeetOneVersionEach(Jdk jdk, @TempDir Path folder) {
        assertThat(mixed(jdk, folder, "platform", "")).isZero();
    }

    @ParameterizedTest
    @MethodSource("jdksWithVirtualThreads")
    void aMillionVirtualThreadsMeetOneVersionEach(Jdk jdk, @TempDir Path folder) {
        assertThat(mixed(jdk, folder, "virtual", "")).isZero();
    }

    /** What the tests above could not see if they looked in the wrong place: the task held over a reload is sure to. */
    @EachJdk
    void withOneVersionAtATimeTasksMeetTwo(Jdk jdk, @TempDir Path folder) {
        assertThat(mixed(jdk, folder, "platform", ",side-by-side=false")).isPositive();
    }

    private static long mixed(Jdk jdk, Path folder, String threads, String options) {
        Path classes = folder.resolve("classes");
        compile(classes, 0);
        try (JvmProcess app = Java.on(jdk)
                .agent("quiet-period=10ms,workers=http-*" + options)
                .classPath(classes, Java.TEST_CLASSES)
                .main(MixingApp.class, threads)
                .start()) {
            app.await("reloader: \\* armed");
            app.await("ready");
            long tasks = 0;
            Matcher counted;
            int version = 0;
            do {
                version++;
                compile(folder.resolve("built-" + version), version);
                app.tell("hold");
                app.await("held " + version);
                Sources.deploy(folder.resolve("built-" + version), classes);
                int mark = app.mark();
                app.signal("USR1");
                app.await("reload " + version + ": 3 classes changed", mark);
                app.tell("release");
                app.await("reloader: - reload " + version + " done in .*: 3 classes changed \\(3 body\\).*", mark);
                app.tell("count");
                counted = app.await("tasks=(\\d+) mixed=(\\d+)", mark);
                assertThat(Long.parseLong(counted.group(1))).as(app.log()).isGreaterThan(tasks);
                tasks = Long.parseLong(counted.group(1));
            } while (version < LEAST_RELOADS || tasks < ENOUGH_TASKS);
            return Long.parseLong(counted.group(2));
        }
    }

    static Stream<Jdk> jdksWithVirtualThreads() {
        return Jdk.all().stream().filter(jdk -> jdk.feature() >= 21);
    }

    /** Also for other tests: com.acme.Driver says whether it met two versions, and shows the mark of Parts. */
    static void compile(Path out, int version) {
        compile(out, version, "() -> " + version);
    }

    /** {@code supplier}: an expression that supplies the version. */
    static void compile(Path out, int version, String supplier) {
        Sources.compile(out, "", """
                package com.acme;
                public final class Driver implements java.util.function.Predicate<Runnable> {
                    @Override public boolean test(Runnable pause) {
                        int first = Parts.number();
                        java.util.function.IntSupplier lambda = Parts.lambda();
                        pause.run();
                        boolean mixed = new Made().number != first;
                        pause.run();
                        mixed |= lambda.getAsInt() != first;
                        mixed |= new Parts().byDefault() != first;
                        pause.run();
                        return mixed | Parts.number() != first;
                    }
                    @Override public String toString() { return Parts.mark() + " " + Parts.number(); }
                }
                """, """
                package com.acme;
                final class Made {
                    final int number;
                    Made() { number = %d; }
                }
                """.formatted(version), """
                package com.acme;
                final class Parts implements WithDefault {
                    static int number() { return %1$d; }
                    static java.util.function.IntSupplier lambda() { return %2$s; }
                    static String mark() { return "plain"; }
                }
                """.formatted(version, supplier), """
                package com.acme;
                interface WithDefault {
                    default int byDefault() { return %d; }
                }
                """.formatted(version));
    }
}
