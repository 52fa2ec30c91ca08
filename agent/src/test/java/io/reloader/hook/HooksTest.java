// SPDX-License-Identifier: Apache-2.0
package io.reloader.hook;

import static org.assertj.core.api.Assertions.assertThat;

import io.reloader.control.Journal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a hook that does, or does not do, what it should; on this class path. */
class HooksTest {
    private static final String SELF = HooksTest.class.getName();
    private static final Map<String, Object> FACTS = Map.of("reload", 7);
    private static final List<String> CALLED = new CopyOnWriteArrayList<>();

    private static CountDownLatch release = new CountDownLatch(1);

    private final Lines lines = new Lines();
    private long deadline = TimeUnit.SECONDS.toNanos(20);

    @BeforeEach
    void forget() {
        CALLED.clear();
        release = new CountDownLatch(1);
    }

    static void plain() {
        CALLED.add("plain in " + Thread.currentThread().getContextClassLoader());
    }

    static void told(Map<String, Object> facts) {
        CALLED.add("told " + facts);
    }

    static void told() {
        CALLED.add("told nothing");
    }

    static void throwing() {
        throw new IllegalStateException("no database");
    }

    static void hanging() throws InterruptedException {
        CALLED.add("hangs");
        boolean ignored = release.await(60, TimeUnit.SECONDS);
        CALLED.add("hangs no more");
    }

    void notStatic() {}

    static void wanting(String word) {
        CALLED.add(word);
    }

    @Test
    void aReloadWaitsForWhatIsCalledBeforeIt() {
        before("plain").before(7, FACTS, true);
        assertThat(CALLED).containsExactly("plain in " + HooksTest.class.getClassLoader());
        assertThat(lines.all).isEmpty();
    }

    @Test
    void ofTwoMethodsOfOneNameTheOneThatCanBeToldIsCalled() {
        before("told").before(7, FACTS, true);
        assertThat(CALLED).containsExactly("told {reload=7}");
    }

    @Test
    void severalAreCalledInTheirOrder() {
        hooks(Map.of(Moment.BEFORE_RELOAD, List.of(SELF + "::told", SELF + "::plain")))
                .reloads()
                .before(7, FACTS, true);
        assertThat(CALLED).hasSize(2);
        assertThat(CALLED.get(0)).startsWith("told");
    }

    @Test
    void oneThatThrowsIsToldOnceAndHarmsNothing() {
        WorkerHooks workers = hooks(Map.of(Moment.WORKER_START, List.of(SELF + "::throwing", SELF + "::plain")))
                .workers();
        workers.began(this, "http");
        workers.began(this, "http");
        assertThat(CALLED).hasSize(2);
        assertThat(lines.all).hasSize(1);
        assertThat(lines.all.get(0))
                .matches("! on-worker-start=" + SELF
                        + "::throwing threw java.lang.IllegalStateException: no database at " + SELF
                        + "\\.throwing\\(HooksTest\\.java:\\d+\\) on .*; the worker serves all the same");
    }

    @Test
    void theNextReloadSaysHowOftenItThrewAndTellsItAnew() {
        Hooks hooks = hooks(Map.of(
                Moment.WORKER_STOP, List.of(SELF + "::throwing"), Moment.BEFORE_RELOAD, List.of(SELF + "::plain")));
        for (int i = 0; i < 3; i++) {
            hooks.workers().left(this, "http");
        }
        hooks.reloads().before(1, FACTS, true);
        hooks.workers().left(this, "http");
        assertThat(lines.all).hasSize(3);
        assertThat(lines.all.get(1))
                .startsWith("+ on-worker-stop=" + SELF + "::throwing: ")
                .contains(" 2 more times");
        assertThat(lines.all.get(2)).startsWith("! on-worker-stop=" + SELF + "::throwing threw");
    }

    @Test
    void oneThatHangsIsWaitedForNoLongerThanItsDeadlineAndNotCalledTwice() {
        deadline = TimeUnit.MILLISECONDS.toNanos(30);
        ReloadHooks reloads = before("hanging");
        reloads.before(1, FACTS, true);
        lines.await("! before-reload=" + SELF + "::hanging has not ended after ");
        assertThat(lines.all.get(0))
                .endsWith("; the reload goes on without waiting for it; raise hook-deadline if it may take longer");
        reloads.before(2, FACTS, true);
        lines.await("! before-reload=" + SELF + "::hanging is not called: it has not ended since an earlier reload");
        assertThat(CALLED).containsExactly("hangs");
        release.countDown();
        lines.await("- before-reload=" + SELF + "::hanging has ended on ");
    }

    @Test
    void aWorkerThatIsHeldUpIsTold() throws Exception {
        deadline = TimeUnit.MILLISECONDS.toNanos(30);
        WorkerHooks workers =
                hooks(Map.of(Moment.WORKER_START, List.of(SELF + "::hanging"))).workers();
        Thread worker = new Thread(() -> workers.began(this, "http"), "http-1");
        worker.start();
        lines.await("! on-worker-start=" + SELF + "::hanging has not ended after ");
        assertThat(lines.all.get(0))
                .contains(" on http-1, at ")
                .contains("; the worker begins its work when it ends; ");
        release.countDown();
        worker.join(TimeUnit.SECONDS.toMillis(20));
        assertThat(worker.isAlive()).isFalse();
        lines.await("- on-worker-start=" + SELF + "::hanging has ended on http-1 after ");
    }

    @Test
    void whatCannotBeCalledIsToldWithTheRemedy() {
        hooks(Map.of(
                        Moment.BEFORE_RELOAD,
                        List.of(SELF + "::notStatic", SELF + "::nowhere", SELF + "::wanting", "com.acme.Gone::gone")))
                .reloads()
                .before(1, FACTS, true);
        String begin = "! before-reload=";
        assertThat(lines.all)
                .containsExactly(
                        begin + SELF + "::notStatic is not called: " + SELF
                                + ".notStatic is not static; make it static",
                        begin + SELF + "::nowhere is not called: " + SELF
                                + " has no method nowhere; add it, or correct the option",
                        begin + SELF + "::wanting is not called: " + SELF
                                + ".wanting takes other parameters; give it none, or one java.util.Map",
                        begin + "com.acme.Gone::gone is not called: no class loader has com.acme.Gone; deploy it, or"
                                + " correct the option");
    }

    @Test
    void atTheStartWhatIsOnTheClassPathIsCheckedAndTheRestIsNamed() {
        hooks(Map.of(Moment.WORKER_START, List.of(SELF + "::notStatic", "com.acme.Later::ready")))
                .reloads()
                .check();
        assertThat(lines.all).hasSize(2);
        assertThat(lines.all.get(0)).endsWith(".notStatic is not static; make it static");
        assertThat(lines.all.get(1))
                .startsWith("* on-worker-start=com.acme.Later::ready: com.acme.Later is not on the class path; ");
    }

    @Test
    void cachesAreClearedAfterAReloadThatWasAppliedOnly() throws Exception {
        ReloadHooks reloads = hooks(Map.of(
                        Moment.AFTER_RELOAD,
                        List.of("reloader:introspector-caches", SELF + "::told", "reloader:jackson-caches")))
                .reloads();
        java.beans.BeanInfo before = java.beans.Introspector.getBeanInfo(Thread.class);
        assertThat(java.beans.Introspector.getBeanInfo(Thread.class)).isSameAs(before);
        reloads.after(FACTS, false);
        lines.until(() -> CALLED.size() == 1, "called after a refused reload");
        assertThat(java.beans.Introspector.getBeanInfo(Thread.class)).isSameAs(before);
        reloads.after(FACTS, true);
        lines.until(() -> CALLED.size() == 2, "called after a reload");
        assertThat(java.beans.Introspector.getBeanInfo(Thread.class)).isNotSameAs(before);
        assertThat(lines.all)
                .containsExactly(
                        "+ after-reload=reloader:introspector-caches: 1 cleared",
                        "+ after-reload=reloader:jackson-caches: none is in use");
    }

    private ReloadHooks before(String method) {
        return hooks(Map.of(Moment.BEFORE_RELOAD, List.of(SELF + "::" + method)))
                .reloads();
    }

    private Hooks hooks(Map<Moment, List<String>> names) {
        return new Hooks(
                names,
                () -> new Class<?>[] {HooksTest.class, java.beans.Introspector.class},
                work -> {
                    Thread thread = new Thread(work, "hooks");
                    thread.setDaemon(true);
                    thread.start();
                },
                lines,
                deadline);
    }

    private static final class Lines implements Journal {
        private final List<String> all = new CopyOnWriteArrayList<>();

        void await(String beginning) {
            until(() -> all.stream().anyMatch(line -> line.startsWith(beginning)), beginning);
        }

        void until(java.util.function.BooleanSupplier happened, String what) {
            long start = System.nanoTime();
            while (!happened.getAsBoolean()) {
                if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(20)) {
                    throw new AssertionError("in vain for 20 s: " + what + " among " + all);
                }
                LockSupport.parkNanos(1_000_000);
            }
        }

        @Override
        public void setting(String line) {
            all.add("* " + line);
        }

        @Override
        public void event(String line) {
            all.add("- " + line);
        }

        @Override
        public void detail(String line) {
            all.add("+ " + line);
        }

        @Override
        public void trouble(String line) {
            all.add("! " + line);
        }
    }
}
