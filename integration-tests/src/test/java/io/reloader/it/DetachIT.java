// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.tools.attach.VirtualMachine;
import io.reloader.it.app.PoolApp;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** Out of a JVM that runs on. */
class DetachIT {
    private static final int CYCLES = Integer.getInteger("soak.attaches", 8);

    @EachJdk
    void nothingOfTheAgentIsLeft(Jdk jdk) {
        try (JvmProcess app = pools(jdk)) {
            Traces traces = new Traces(jdk, app);
            assertThat(traces.threads()).isEmpty();
            List<Long> signals = traces.signals();

            ask(jdk, app, 0, "attach", "tasks=jobs");
            assertThat(traces.signals()).isNotEqualTo(signals);
            reload(app, "USR1");
            reload(app, "USR2");
            ask(jdk, app, 0, "detach");

            assertThat(traces.signals()).as(app.log()).isEqualTo(signals);
            traces.collected();
            app.tell("greet");
            app.await("greeting");

            ask(jdk, app, 3, "detach");
            ask(jdk, app, 0, "attach");
            reload(app, "USR1");
            app.signal("TERM");
            assertThat(app.exitCode()).as(app.log()).isZero();
        }
    }

    @EachJdk
    void afterwardsSignalsMeanWhatTheyMeantBefore(Jdk jdk) {
        try (JvmProcess app = pools(jdk)) {
            ask(jdk, app, 0, "attach");
            ask(jdk, app, 0, "detach");
            app.signal("TERM");
            assertThat(app.exitCode()).as(app.log()).isEqualTo(143);
            assertThat(app.lines()).contains("hook ran");
        }
    }

    @EachJdk
    void anAgentFromTheStartCanLeaveToo(Jdk jdk) {
        try (JvmProcess app = pools(jdk, "-javaagent:" + Java.AGENT)) {
            app.await("reloader: \\* armed");
            ask(jdk, app, 0, "detach");
            new Traces(jdk, app).collected();
            app.signal("TERM");
            assertThat(app.exitCode()).as(app.log()).isEqualTo(143);
        }
    }

    @EachJdk
    void underLoadNothingIsLostAndReloadedClassesKeepTheirCode(Jdk jdk, @TempDir Path folder) {
        try (Sample sample = Sample.start(Java.on(jdk), folder)) {
            try (JvmProcess load = sample.load(jdk, 200)) {
                for (int i = 1; i <= 3; i++) {
                    ask(jdk, sample.process, 0, "attach", "tasks=receipts,tasks-follow=true");
                    sample.deployPricing("p" + i);
                    int mark = sample.process.mark();
                    assertThat(sample.reload("USR1")).as(sample.process.log()).contains("done in", "1 class changed");
                    sample.process.await("reload 2 done", mark);
                    JvmProcess detach = ask(jdk, sample.process, 0, "detach");
                    assertThat(detach.log()).contains("the code of the last reload: ");
                    assertThat(sample.get("/counts")).contains("\"pricing\":\"p" + i + "\"");
                }
                sample.assertNothingLostOrDoubled(sample.stopLoad(load, "p3"));
            }
        }
    }

    @EachJdk
    void againAndAgainNothingGrows(Jdk jdk) throws Exception {
        try (JvmProcess app = pools(jdk)) {
            Traces traces = new Traces(jdk, app);
            cycles(app, 3);
            traces.collected();
            long classes = traces.classes();
            long descriptors = traces.descriptors();
            long tasks = traces.tasks();
            cycles(app, CYCLES);
            traces.collected();
            // An agent has some 900.
            Await.until(
                    "the classes to be as many as before, but for a few of the JDK's own",
                    JvmProcess.PATIENCE,
                    () -> traces.classes() < classes + 60,
                    () -> "had " + classes + ", has " + traces.classes());
            assertThat(traces.descriptors()).isEqualTo(descriptors);
            // The JVM's own compiler threads come and go.
            assertThat(traces.tasks()).isLessThanOrEqualTo(tasks + 4);
            System.out.println(CYCLES + " attaches on " + jdk + ": classes " + classes + " to " + traces.classes()
                    + ", descriptors " + descriptors + " to " + traces.descriptors() + ", threads " + tasks + " to "
                    + traces.tasks());
        }
    }

    private static void cycles(JvmProcess app, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(app.pid()));
            try {
                machine.loadAgent(Java.AGENT.toString(), "tasks=jobs");
                reload(app, "USR1");
                int mark = app.mark();
                machine.loadAgent(Java.AGENT.toString(), "detach");
                app.await("reloader: - detached in", mark);
                assertThat(machine.getSystemProperties()).doesNotContainKey("io.reloader.agent");
            } finally {
                machine.detach();
            }
        }
    }

    @EachJdk
    void whileTheApplicationStopsTheAgentStays(Jdk jdk) {
        try (JvmProcess app = pools(jdk)) {
            ask(jdk, app, 0, "attach");
            app.tell("hold");
            app.await("holding in");
            app.signal("TERM");
            app.await("stop: waiting up to");
            JvmProcess refused = ask(jdk, app, 1, "detach");
            assertThat(refused.lines()).containsExactly("reloader: ! detach refused: the application is stopping");
            app.tell("release");
            assertThat(app.exitCode()).as(app.log()).isZero();
        }
    }

    @EachJdk
    void whileAReloadWaitsTheAgentStays(Jdk jdk) {
        try (JvmProcess app = pools(jdk)) {
            ask(jdk, app, 0, "attach");
            app.tell("hold");
            app.await("holding in");
            app.signal("USR1");
            app.await("reload 1: 0 classes changed");
            JvmProcess refused = ask(jdk, app, 1, "detach");
            assertThat(refused.log()).contains("detach refused: a reload is under way");
            int mark = app.mark();
            app.tell("release");
            app.await("reload 1 done", mark);
            ask(jdk, app, 0, "detach");
        }
    }

    @EachJdk
    void optionsGivenToAnAgentThatIsThereAreChangedWhereTheyCanBe(Jdk jdk) {
        try (JvmProcess app = pools(jdk)) {
            ask(jdk, app, 0, "attach");
            JvmProcess changed = ask(jdk, app, 0, "attach", "tasks=http", "mercy=5s", "on-timeout=wait");
            assertThat(changed.lines())
                    .contains(
                            "reloader: * tasks=http",
                            "reloader: * mercy=5s, was 30s",
                            "reloader: - on-timeout=wait already");
            assertThat(reload(app, "USR2")).contains("6/6 workers of 2 task pools");
            JvmProcess status = Java.reloader(jdk, "status", "--json", Long.toString(app.pid()));
            assertThat(status.log()).contains("\"tasks\":\"http\"", "\"mercy\":\"5s\"", "\"waiting\":0");

            JvmProcess refused = ask(jdk, app, 1, "attach", "reload=HUP", "pidfile=/run/app.pid");
            assertThat(refused.log())
                    .contains(
                            "! reload=HUP was not changed: the agent that runs keeps USR1; detach, then attach with it",
                            "! pidfile=/run/app.pid was not changed:");
        }
    }

    private static String reload(JvmProcess app, String signal) {
        int mark = app.mark();
        app.signal(signal);
        return app.await("reloader: - reload \\d+ (done|partial|refused|failed).*", mark)
                .group();
    }

    private static JvmProcess ask(Jdk jdk, JvmProcess app, int code, String verb, String... options) {
        String[] arguments = new String[options.length + 2];
        arguments[0] = verb;
        arguments[1] = Long.toString(app.pid());
        System.arraycopy(options, 0, arguments, 2, options.length);
        JvmProcess asked = Java.reloader(jdk, arguments);
        assertThat(asked.exitCode()).as(asked.log() + app.log()).isEqualTo(code);
        return asked;
    }

    /** Soft references, which a JVM keeps until memory is short, go at the next collection. */
    private static JvmProcess pools(Jdk jdk, String... flags) {
        JvmProcess app = Java.on(jdk)
                .with(flags)
                .with("-XX:SoftRefLRUPolicyMSPerMB=0")
                .classPath(Java.TEST_CLASSES)
                .main(PoolApp.class)
                .start();
        app.await("ready");
        return app;
    }
}
