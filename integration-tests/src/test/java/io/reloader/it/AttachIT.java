// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** Into a JVM that is already running. */
class AttachIT {

    @EachJdk
    void attachedWhileIdleItReloadsLikeAnAgentFromTheStart(Jdk jdk, @TempDir Path folder) {
        try (Sample sample = Sample.start(Java.on(jdk), folder)) {
            attach(jdk, sample.process, "tasks=receipts");
            JvmProcess load = sample.load(jdk, 200);
            story(sample, load);
        }
    }

    @EachJdk
    void attachedUnderLoadItReloadsLikeAnAgentFromTheStart(Jdk jdk, @TempDir Path folder) {
        try (Sample sample = Sample.start(Java.on(jdk), folder)) {
            JvmProcess load = sample.load(jdk, 200);
            attach(jdk, sample.process, "tasks=receipts");
            story(sample, load);
        }
    }

    private static void story(Sample sample, JvmProcess load) {
        try (load) {
            for (int i = 1; i <= 7; i++) {
                sample.deployPricing("p" + i);
                boolean tasks = i % 3 == 0;
                String verdict = sample.reload(tasks ? "USR2" : "USR1");
                assertThat(verdict).as(sample.process.log()).contains("reload " + i + " done in", "1 class changed");
                assertThat(sample.get("/counts")).contains("\"pricing\":\"p" + (tasks ? i - 1 : i) + "\"");
            }
            sample.assertNothingLostOrDoubled(sample.stopLoad(load, "p7"));
        }
        sample.process.signal("TERM");
        assertThat(sample.process.exitCode()).as(sample.process.log()).isZero();
    }

    @EachJdk
    void aLateAttachPrintsOnlyTheJvmsOwnWarning(Jdk jdk) {
        try (JvmProcess app = pools(jdk)) {
            attach(jdk, app, "");
            List<String> foreign = app.lines().stream()
                    .filter(line -> !line.startsWith("reloader: ") && !line.equals("ready"))
                    .toList();
            if (jdk.feature() < 21) {
                assertThat(foreign).isEmpty();
            } else {
                assertThat(foreign).isNotEmpty().allMatch(line -> line.startsWith("WARNING: "));
                assertThat(foreign.get(0)).startsWith("WARNING: A Java agent has been loaded dynamically");
                assertThat(foreign).hasSize(4);
            }
        }
    }

    @EachJdk
    void aSecondAttachIsNotASecondAgent(Jdk jdk) {
        try (JvmProcess app = pools(jdk)) {
            attach(jdk, app, "");
            JvmProcess second = Java.reloader(jdk, "attach", Long.toString(app.pid()));
            assertThat(second.exitCode()).isZero();
            assertThat(second.lines()).anyMatch(line -> line.contains("has reloader") && line.contains("already"));

            int mark = app.mark();
            app.signal("USR1");
            app.await("reloader: - reload 1 done", mark);
            assertThat(app.count("reload 1 done")).isEqualTo(1);
            assertThat(app.count("\\* armed")).isEqualTo(1);
        }
    }

    @EachJdk
    void withoutTheAttachModuleTheFallbackAttaches(Jdk jdk) {
        try (JvmProcess app = pools(jdk)) {
            JvmProcess attach = JvmProcess.run(List.of(
                    jdk.java().toString(),
                    "--limit-modules",
                    "java.base,java.instrument,java.logging,jdk.unsupported",
                    "-jar",
                    Java.AGENT.toString(),
                    "attach",
                    Long.toString(app.pid())));
            assertThat(attach.exitCode()).as(attach.log() + app.log()).isZero();
            int mark = app.mark();
            app.signal("USR1");
            app.await("reloader: - reload 1 done in .* 4/4 workers of 1 worker pool", mark);
        }
    }

    @EachJdk
    void whatCannotBeAttachedToIsToldInOneLineAndLeftAlone(Jdk jdk) {
        JvmProcess missing = Java.reloader(jdk, "attach", "4194304");
        assertThat(missing.exitCode()).isEqualTo(3);
        assertThat(missing.lines()).containsExactly("reloader: ! attach: there is no process 4194304");

        try (JvmProcess shell = JvmProcess.start(List.of("/bin/sh", "-c", "read line"))) {
            JvmProcess refused = Java.reloader(jdk, "attach", Long.toString(shell.pid()));
            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(refused.lines()).singleElement().asString().contains("is not a JVM");
            assertThat(shell.alive()).as("SIGQUIT would have ended it").isTrue();
        }
        try (JvmProcess app = pools(jdk, "-XX:+DisableAttachMechanism")) {
            JvmProcess refused = Java.reloader(jdk, "attach", Long.toString(app.pid()));
            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(refused.lines()).singleElement().asString().contains("DisableAttachMechanism");
        }
    }

    @EachJdk
    void aWrongOptionIsToldBeforeTheOtherJvmIsTouched(Jdk jdk) {
        try (JvmProcess app = pools(jdk)) {
            JvmProcess wrong = Java.reloader(jdk, "attach", Long.toString(app.pid()), "mercyy=1s");
            assertThat(wrong.exitCode()).isEqualTo(2);
            assertThat(wrong.lines()).singleElement().asString().contains("did you mean mercy?");
            assertThat(app.lines()).containsExactly("ready");
        }
    }

    private static JvmProcess pools(Jdk jdk, String... flags) {
        JvmProcess app = Java.on(jdk)
                .with(flags)
                .classPath(Java.TEST_CLASSES)
                .main(io.reloader.it.app.PoolApp.class)
                .start();
        app.await("ready");
        return app;
    }

    private static void attach(Jdk jdk, JvmProcess app, String options) {
        String[] arguments = Stream.of("attach", Long.toString(app.pid()), options)
                .filter(argument -> !argument.isEmpty())
                .toArray(String[]::new);
        JvmProcess attach = Java.reloader(jdk, arguments);
        assertThat(attach.exitCode()).as(attach.log() + app.log()).isZero();
        app.await("reloader: \\* armed");
    }
}
