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

    /** One that is in a named module, whose classes gain and lose members. */
    @EachJdk
    void tasksMeetOneVersionEachWhileMembersComeAndGoInAModule(Jdk jdk, @TempDir Path folder) {
        Shapes shapes = new Shapes();
        Path classes = folder.resolve("classes");
        shapes.compile(classes, 0);
        Sources.compile(classes, classes.toString(), """
                package com.acme;
                public final class Driver implements java.util.function.Predicate<Runnable> {
                    @Override public boolean test(Runnable pause) {
                        return com.example.greeting.Greeting.version(pause) < 0;
                    }
                }
                """);
        Sources.compile(classes, "", "module acme { exports com.acme; }");
        Java java = agent(jdk, ",structure=true")
                .with("--module-path", classes.toString(), "--add-modules", "acme")
                .classPath(Java.TEST_CLASSES);
        assertThat(mixed(java.main(MixingApp.class, "platform"), folder, shapes, 0))
                .isZero();
    }

    private static long mixed(Jdk jdk, Path folder, String threads, String options) {
        Path classes = folder.resolve("classes");
        compile(classes, 0);
        Java java = agent(jdk, options).classPath(classes, Java.TEST_CLASSES).main(MixingApp.class, threads);
        return mixed(java, folder, new Bodies(), ENOUGH_TASKS);
    }

    private static Java agent(Jdk jdk, String options) {
        return Java.on(jdk).agent("quiet-period=10ms,workers=http-*" + options);
    }

    private static long mixed(Java java, Path folder, Versions versions, long enough) {
        try (JvmProcess app = java.start()) {
            app.await("reloader: \\* armed");
            app.await("ready");
            long tasks = 0;
            Matcher counted;
            int version = 0;
            do {
                version++;
                Path built = folder.resolve("built-" + version);
                versions.compile(built, version);
                app.tell("hold");
                app.await("held " + version);
                Sources.deploy(built, folder.resolve("classes"));
                int mark = app.mark();
                app.signal("USR1");
                app.await("reload " + version + ": \\d classes changed", mark);
                app.tell("release");
                app.await("reloader: - reload " + version + " done in .*: " + versions.changed() + ".*", mark);
                app.tell("count");
                counted = app.await("tasks=(\\d+) mixed=(\\d+)", mark);
                assertThat(Long.parseLong(counted.group(1))).as(app.log()).isGreaterThan(tasks);
                tasks = Long.parseLong(counted.group(1));
            } while (version < LEAST_RELOADS || tasks < enough);
            return Long.parseLong(counted.group(2));
        }
    }

    /** What {@link #compile} makes. */
    private static final class Bodies implements Versions {
        @Override
        public void compile(Path out, int version) {
            MixingIT.compile(out, version);
        }

        @Override
        public String changed() {
            return "3 classes changed \\(3 body\\)";
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
