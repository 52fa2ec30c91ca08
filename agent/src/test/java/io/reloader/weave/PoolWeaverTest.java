// SPDX-License-Identifier: Apache-2.0
package io.reloader.weave;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ReloaderHooks;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PoolWeaverTest {
    private final Instrumentation instrumentation = ByteBuddyAgent.install();
    private final List<String> troubles = new CopyOnWriteArrayList<>();
    private final PoolWeaver weaver = new PoolWeaver(instrumentation, troubles::add);
    private final Counting counting = new Counting();

    @BeforeEach
    void listen() {
        ReloaderHooks.handler = counting;
    }

    @AfterEach
    void silence() {
        weaver.uninstall();
        ReloaderHooks.rolling = false;
        ReloaderHooks.handler = null;
    }

    @Test
    void eachHookIsCalledOnce() throws Exception {
        install();
        work();
        assertThat(counting.created).hasValue(1);
        assertThat(counting.started).hasValue(1);
        assertThat(counting.ended)
                .as("before the pool has terminated, or just after")
                .hasValueBetween(0, 1);
        assertThat(counting.asked).as("asked while nothing rolls").hasValue(0);
        ReloaderHooks.rolling = true;
        work();
        assertThat(counting.asked).hasPositiveValue();
        assertThat(counting.exits).hasValue(1);
        assertThat(counting.decrements).hasPositiveValue();
        assertThat(counting.placed).as("refused after the shutdown").hasValue(1);
        assertThatASignalHandlerIsNoticed();
    }

    private void assertThatASignalHandlerIsNoticed() {
        sun.misc.Signal signal = new sun.misc.Signal("WINCH");
        sun.misc.SignalHandler former = sun.misc.Signal.handle(signal, ignored -> {});
        sun.misc.Signal.handle(signal, former);
        assertThat(counting.signals).hasValue(2);
    }

    /** It has passed the transformers and is not among the loaded classes yet. */
    @Test
    void aClassThatWasBeingLoadedAsTheHooksWentInIsWovenLater() throws Exception {
        AtomicInteger looks = new AtomicInteger();
        Instrumentation early = (Instrumentation) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Instrumentation.class}, (proxy, method, arguments) -> {
                    Object answer = method.invoke(instrumentation, arguments);
                    return method.getName().equals("getAllLoadedClasses") && looks.incrementAndGet() == 1
                            ? new Class<?>[0]
                            : answer;
                });
        PoolWeaver late = new PoolWeaver(early, troubles::add);
        late.install();
        try {
            work();
            assertThat(counting.started).hasValue(0);
            late.catchUp();
            work();
            assertThat(counting.started).hasValue(1);
        } finally {
            late.uninstall();
        }
        assertThat(troubles).isEmpty();
    }

    @Test
    void anotherAgentsRetransformationLeavesTheHooksIn() throws Exception {
        install();
        instrumentation.retransformClasses(ThreadPoolExecutor.class);
        work();
        assertThat(counting.started).hasValue(1);
    }

    @Test
    void afterARestAClassThatComesLateIsWovenAllTheSame() throws Exception {
        install();
        weaver.rest(1);
        instrumentation.retransformClasses(ThreadPoolExecutor.class);
        work();
        assertThat(counting.started).hasValue(1);
        assertThat(troubles).isEmpty();
    }

    @Test
    void uninstalledAndInstalledAgainAsOftenAsOneLikes() throws Exception {
        for (int i = 0; i < 2; i++) {
            install();
            weaver.uninstall();
        }
        work();
        assertThat(counting.started).hasValue(0);
        assertThat(counting.created).hasValue(0);
    }

    @Test
    void bootClassesThatAnEarlierAttachDefinedAreUsed() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        new BootClasses(instrumentation, name -> {
                    asked.incrementAndGet();
                    return new byte[0];
                })
                .define(true);
        assertThat(asked).hasValue(0);
    }

    private void install() {
        weaver.install();
        assertThat(troubles).isEmpty();
    }

    private static void work() throws InterruptedException {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> new Thread(task, "woven"));
        pool.execute(() -> {});
        pool.shutdown();
        assertThat(pool.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
        pool.setRejectedExecutionHandler((task, refusing) -> {});
        pool.execute(() -> {});
    }

    private static final class Counting implements ReloaderHooks.Handler {
        private final AtomicInteger asked = new AtomicInteger();
        private final AtomicInteger decrements = new AtomicInteger();
        private final AtomicInteger exits = new AtomicInteger();
        private final AtomicInteger placed = new AtomicInteger();
        private final AtomicInteger created = new AtomicInteger();
        private final AtomicInteger started = new AtomicInteger();
        private final AtomicInteger ended = new AtomicInteger();
        private final AtomicInteger signals = new AtomicInteger();

        /** The runner has pools of its own. */
        private static void count(AtomicInteger calls) {
            String thread = Thread.currentThread().getName();
            if (thread.equals("woven") || thread.equals("main")) {
                calls.incrementAndGet();
            }
        }

        @Override
        public boolean retires(int runState) {
            count(asked);
            return false;
        }

        @Override
        public boolean skipsDecrement() {
            count(decrements);
            return false;
        }

        @Override
        public boolean skipsExit(Object worker) {
            count(exits);
            return false;
        }

        @Override
        public boolean places(Object pool, Runnable task) {
            count(placed);
            return false;
        }

        @Override
        public void created(Object pool) {
            count(created);
        }

        @Override
        public void started(Object worker) {
            count(started);
        }

        @Override
        public void ended(Object worker) {
            count(ended);
        }

        @Override
        public void signalRegistered(Object signal) {
            signals.incrementAndGet();
        }
    }
}
