// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reloader.it.app.PoolApp;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.management.AttributeNotFoundException;
import javax.management.JMX;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.Notification;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;

/** The bean, as a console in another JVM sees it, which has none of reloader's classes. */
class JmxIT {

    /** What a client may write for itself: any of the bean's attributes and operations. */
    public interface ReloaderMXBean {
        int getGeneration();

        Pool[] getPools();

        Map<String, String> getOptions();

        String[] reload(String words);

        /** Likewise. */
        interface Pool {
            String getName();

            String getRole();

            Map<Integer, Integer> getGenerations();
        }
    }

    @EachJdk
    void aConsoleSeesPoolsReloadsAndVerdicts(Jdk jdk) throws Exception {
        try (JvmProcess app = start(jdk, "");
                Console console = Console.at(app).awaitBean(app)) {
            ReloaderMXBean bean = JMX.newMXBeanProxy(console.server(), console.bean, ReloaderMXBean.class);
            assertThat(bean.getGeneration()).isZero();
            assertThat(bean.getOptions()).containsEntry("workers", "http").containsEntry("mercy", "30s");
            assertThat(List.of(bean.reload("workers")))
                    .last()
                    .asString()
                    .startsWith("verdict: done: reload 1 done in ");

            ReloaderMXBean.Pool http = Arrays.stream(bean.getPools())
                    .filter(pool -> pool.getName().equals("http"))
                    .findFirst()
                    .orElseThrow();
            assertThat(http.getRole()).isEqualTo("worker");
            assertThat(http.getGenerations()).isEqualTo(Map.of(1, 4));
            assertThat(console.read("ReloadsDone")).isEqualTo(1L);
            assertThat(console.read("WorkersReplaced")).isEqualTo(4L);
            assertThat((CompositeData[]) console.read("Verdicts"))
                    .singleElement()
                    .satisfies(verdict -> {
                        assertThat(verdict.get("number")).isEqualTo(1);
                        assertThat(verdict.get("command")).isEqualTo("reload workers");
                        assertThat(verdict.get("outcome")).isEqualTo("done");
                    });
            assertThat(console.read("UnderWay")).isNull();
        }
    }

    @EachJdk
    void everythingItShowsCanBeReadAndIsDescribed(Jdk jdk) throws Exception {
        try (JvmProcess app = start(jdk, "mercy=1s");
                Console console = Console.at(app).awaitBean(app)) {
            app.tell("hold");
            app.await("holding in http");
            assertThat(console.ask("reload")).last().asString().startsWith("verdict: partial: ");

            MBeanInfo info = console.server().getMBeanInfo(console.bean);
            assertThat(info.getDescriptor().getFieldValue("mxbean")).isEqualTo("true");
            String[] names = Arrays.stream(info.getAttributes())
                    .peek(each -> assertThat(each.getDescription()).isNotBlank())
                    .map(each -> each.getName())
                    .toArray(String[]::new);
            assertThat(console.server().getAttributes(console.bean, names)).hasSize(names.length);
            assertThat(Arrays.stream(info.getOperations()).map(MBeanOperationInfo::getName))
                    .containsExactlyInAnyOrder(
                            "check", "check", "reload", "reload", "rollback", "rollback", "stop", "stop");
            assertThat(((TabularData) console.read("Options")).values()).isNotEmpty();
            assertThat((CompositeData[]) console.read("Behind"))
                    .singleElement()
                    .satisfies(worker -> assertThat((String[]) worker.get("stack"))
                            .anyMatch(frame -> frame.contains("PoolApp.hold")));
            assertThatThrownBy(() -> console.read("Absent")).isInstanceOf(AttributeNotFoundException.class);
            app.tell("release");
        }
    }

    @EachJdk
    void operationsAnswerAsTheSocketDoes(Jdk jdk) throws Exception {
        try (JvmProcess app = start(jdk, "");
                Console console = Console.at(app).awaitBean(app)) {
            assertThat(console.ask("check"))
                    .containsExactly("verdict: done: no class has changed; a reload would replace workers only");
            assertThat(console.ask("reload", "all"))
                    .anyMatch(line -> line.startsWith("reloader: + jobs: 2/2 workers in generation 2"))
                    .last()
                    .asString()
                    .startsWith("verdict: done: ");
            assertThat(console.ask("rollback")).last().asString().startsWith("verdict: refused: ");
            assertThat(console.ask("reload", "everything"))
                    .containsExactly("verdict: usage: \"everything\" means nothing to reload; it takes"
                            + " workers, tasks, all, nowait, progress");
            assertThat(console.ask("stop", "nowait")).containsExactly("verdict: done: stop asked for; not waited for");
            assertThat(app.exitCode()).as(app.log()).isZero();
        }
    }

    @EachJdk
    void aListenerIsToldOfEachBeginAndEndInOrder(Jdk jdk) throws Exception {
        try (JvmProcess app = start(jdk, "");
                Console console = Console.at(app).awaitBean(app)) {
            Queue<Notification> told = new ConcurrentLinkedQueue<>();
            console.server().addNotificationListener(console.bean, (each, back) -> told.add(each), null, null);
            app.signal("USR1");
            app.await("reloader: - reload 1 done");
            console.ask("reload", "tasks");
            Await.until("four notifications", JvmProcess.PATIENCE, () -> told.size() >= 4, () -> told + app.log());
            assertThat(told.stream().map(Notification::getType))
                    .containsExactly(
                            "reloader.reload.begun",
                            "reloader.reload.ended",
                            "reloader.reload.begun",
                            "reloader.reload.ended");
            List<Notification> all = List.copyOf(told);
            assertThat(all.get(0).getMessage()).isEqualTo("reload workers 1 has begun");
            assertThat(((CompositeData) all.get(2).getUserData()).get("number")).isEqualTo(2);
            assertThat(((CompositeData) all.get(3).getUserData()).get("outcome"))
                    .isEqualTo("done");
            assertThat(all.get(3).getMessage()).startsWith("reload 2 done in ");
        }
    }

    /** The server is there before the agent; once the agent has left, all of it can be collected. */
    @EachJdk
    void afterADetachNothingOfItIsLeft(Jdk jdk) throws Exception {
        try (JvmProcess app = Java.on(jdk)
                .with("-XX:SoftRefLRUPolicyMSPerMB=0")
                .classPath(Java.TEST_CLASSES)
                .main(PoolApp.class)
                .start()) {
            app.await("ready");
            try (Console console = Console.at(app)) {
                assertThat(console.registered()).isFalse();
                verb(jdk, app, "attach");
                console.awaitBean(app);
                Queue<Notification> told = new ConcurrentLinkedQueue<>();
                console.server().addNotificationListener(console.bean, (each, back) -> told.add(each), null, null);
                console.server().getMBeanInfo(console.bean);
                console.read("Pools");
                assertThat(console.ask("reload")).last().asString().startsWith("verdict: done: ");
                Await.until("the verdict", JvmProcess.PATIENCE, () -> told.size() == 2, app::log);
                verb(jdk, app, "detach");
                assertThat(console.registered()).isFalse();
                new Traces(jdk, app).collected();
                verb(jdk, app, "attach");
                console.awaitBean(app);
                verb(jdk, app, "detach");
            }
        }
    }

    private static void verb(Jdk jdk, JvmProcess app, String verb) {
        JvmProcess asked = Java.reloader(jdk, verb, Long.toString(app.pid()));
        assertThat(asked.exitCode()).as(asked.log() + app.log()).isZero();
    }

    private static JvmProcess start(Jdk jdk, String options) {
        JvmProcess app = Java.on(jdk)
                .agent("workers=http,tasks=jobs" + (options.isEmpty() ? "" : "," + options))
                .classPath(Java.TEST_CLASSES)
                .main(PoolApp.class)
                .start();
        app.await("ready");
        app.await("reloader: \\* armed");
        return app;
    }
}
