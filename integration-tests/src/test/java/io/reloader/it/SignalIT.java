// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.reloader.it.app.BusyApp;
import io.reloader.it.app.PoolApp;
import io.reloader.it.app.TakesSignalsApp;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** Signals in a JVM that uses some of them itself. */
class SignalIT {

    @EachJdk
    void jfrKeepsSamplingAndEveryUsr2IsOneCommandAndThereIsNoCommandWithoutOne(Jdk jdk, @TempDir Path folder) {
        int kills = 40;
        Path recording = folder.resolve("r.jfr");
        try (JvmProcess app = Java.on(jdk)
                .agent("")
                .with("-XX:StartFlightRecording:settings=profile,filename=" + recording, "-Xlog:jfr+startup=off")
                .classPath(Java.TEST_CLASSES)
                .main(BusyApp.class)
                .start()) {
            app.await("ready");
            app.await("reloader: \\* armed");
            for (int i = 1; i <= kills; i++) {
                app.signal("USR2");
                app.await("reloader: - reload " + i + " done");
            }
            JvmProcess.run(List.of(
                    jdk.tool("jcmd").toString(), Long.toString(app.pid()), "JFR.dump", "filename=" + recording));
            assertThat(app.count("reloader: - reload \\d+ done")).as(app.log()).isEqualTo(kills);
        }
        assertThat(samples(jdk, recording)).isGreaterThan(40);
    }

    @EachJdk
    void tenThousandSignalsUnderGarbageCollectionLoadCrashNothingAndTheLastStateHolds(Jdk jdk) {
        try (JvmProcess app = Java.on(jdk)
                .agent("")
                .with("-Xmx64m")
                .classPath(Java.TEST_CLASSES)
                .main(BusyApp.class)
                .start()) {
            app.await("ready");
            app.await("reloader: \\* armed");
            JvmProcess storm = JvmProcess.run(List.of(
                    "/bin/bash",
                    "-c",
                    "for i in $(seq 5000); do kill -USR1 $0; kill -USR2 $0; done",
                    Long.toString(app.pid())));
            assertThat(storm.exitCode()).as(storm.log() + app.log()).isZero();
            quiet(app);

            int mark = app.mark();
            app.signal("USR2");
            app.await("reloader: - reload \\d+ done in .* 1/1 workers of 1 task pool", mark);
            mark = app.mark();
            app.signal("USR1");
            app.await("reloader: - reload \\d+ done in .* 2/2 workers of 1 worker pool", mark);
            assertThat(app.journal()).noneMatch(line -> line.startsWith("reloader: !"));
            assertThat(app.alive()).isTrue();
        }
    }

    /** Until the backlog of one thread a signal, which HotSpot's dispatcher makes, has been worked off. */
    private static void quiet(JvmProcess app) {
        long[] last = {-1, System.nanoTime()};
        Await.until(
                "the storm to be worked off",
                JvmProcess.PATIENCE,
                () -> {
                    long now = app.mark();
                    if (now != last[0]) {
                        last[0] = now;
                        last[1] = System.nanoTime();
                    }
                    return System.nanoTime() - last[1] > 1_000_000_000L;
                },
                app::log);
    }

    /**
     * Before the agent's premain nothing of ours is there to catch a signal. A start script closes the gap by a
     * disposition that survives exec, and moves HotSpot's own use of USR2, which would override it, to another signal.
     */
    @EachJdk
    void signalsFromTheFirstMillisecondOnDoNotKillAProcessStartedWithThemIgnored(Jdk jdk) {
        String java = jdk.java().toString();
        try (JvmProcess app = JvmProcess.start(List.of(
                "/bin/sh",
                "-c",
                "trap '' USR1 USR2; export _JAVA_SR_SIGNUM=35; echo trapped; exec " + java + " -javaagent:" + Java.AGENT
                        + " -cp " + Java.TEST_CLASSES + " " + PoolApp.class.getName()))) {
            app.await("trapped");
            JvmProcess storm = JvmProcess.start(List.of(
                    "/bin/bash",
                    "-c",
                    "set -e; for i in $(seq 200); do kill -USR1 $0; kill -USR2 $0; sleep 0.005; done",
                    Long.toString(app.pid())));
            try (storm) {
                app.await("ready");
                app.await("reloader: \\* armed");
                assertThat(storm.exitCode()).as(storm.log() + app.log()).isZero();
            }
            int mark = app.mark();
            app.signal("USR1");
            app.await("reloader: - reload \\d+ done", mark);
        }
    }

    @EachJdk
    void signalsRightAfterTheAgentHasTakenThemAreKeptNotLost(Jdk jdk) {
        try (JvmProcess app = Java.on(jdk)
                .agent("")
                .classPath(Java.TEST_CLASSES)
                .main(PoolApp.class)
                .start()) {
            app.await("ready");
            app.signal("USR1");
            app.signal("USR2");
            app.await("reloader: - reload \\d+ done in .* worker pool");
            app.await("reloader: - reload \\d+ done in .* task pool");
        }
    }

    @EachJdk
    void reducedSignalUsageIsToldInOneLineAndNothingIsHalfArmed(Jdk jdk) {
        try (JvmProcess app = Java.on(jdk)
                .agent("")
                .with("-Xrs")
                .classPath(Java.TEST_CLASSES)
                .main(PoolApp.class)
                .start()) {
            app.await("ready");
            app.await("reloader: ! .*-Xrs");
            assertThat(app.count("reloader: !")).as(app.log()).isEqualTo(1);
            assertThat(app.count("armed TERM")).isZero();
        }
    }

    @EachJdk
    void aSignalInheritedAsIgnoredIsTold(Jdk jdk) {
        try (JvmProcess app = JvmProcess.start(List.of(
                "/bin/sh",
                "-c",
                "trap '' TERM; exec " + jdk.java() + " -javaagent:" + Java.AGENT + " -cp " + Java.TEST_CLASSES + " "
                        + PoolApp.class.getName()))) {
            app.await("reloader: .*TERM.*ignored");
            app.await("ready");
        }
    }

    @EachJdk
    void anApplicationThatTakesASignalLaterIsToldOfOnceAndNotFought(Jdk jdk) {
        try (JvmProcess app = Java.on(jdk)
                .agent("")
                .classPath(Java.TEST_CLASSES)
                .main(TakesSignalsApp.class)
                .start()) {
            app.await("ready");
            app.await("reloader: \\* armed");
            app.tell("take USR1");
            app.await("reloader: ! .*SIGUSR1");
            app.signal("USR1");
            app.await("application got USR1");
            app.tell("take USR1");
            app.await("took USR1 2");
            assertThat(app.count("reloader: ! ")).as(app.log()).isEqualTo(1);
        }
    }

    private static long samples(Jdk jdk, Path recording) {
        JvmProcess print = JvmProcess.run(List.of(jdk.tool("jfr").toString(), "summary", recording.toString()));
        return Long.parseLong(print.await("jdk.ExecutionSample\\s+(\\d+)").group(1));
    }
}
