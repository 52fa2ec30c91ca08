// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.reloader.control.PoolState;
import io.reloader.control.Role;
import io.reloader.control.Roll;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RollTest {
    private static final long PATIENCE = 5_000;

    private final List<ExecutorService> toEnd = new ArrayList<>();

    @AfterEach
    void endPools() throws InterruptedException {
        for (ExecutorService each : toEnd) {
            each.shutdownNow();
            assertThat(each.awaitTermination(5, TimeUnit.SECONDS))
                    .as("pool ends")
                    .isTrue();
        }
    }

    @Test
    void idlePoolsOlderThanTheWeavingRollWhateverTheirFactory() throws Exception {
        List<ThreadPoolExecutor> pools = new ArrayList<>();
        for (Function<String, ThreadFactory> each : FACTORIES) {
            ThreadPoolExecutor pool = fixed(3, each.apply("late" + pools.size() + "-"));
            pool.prestartAllCoreThreads();
            for (int i = 0; i < 20_000; i++) {
                pool.execute(() -> {});
            }
            pool.submit(() -> {}).get();
            pools.add(pool);
        }
        try (RollingJvm jvm = new RollingJvm()) {
            List<PoolState> states = states(jvm.roll(Role.WORKER, PATIENCE), "late");
            assertThat(states).hasSameSizeAs(pools).allMatch(PoolState::complete);
            assertThat(states).allMatch(each -> each.workers() == 3);
        }
    }

    @Test
    void singleThreadExecutorBehindItsWrapperRolls() throws Exception {
        try (RollingJvm jvm = new RollingJvm()) {
            ExecutorService single = Executors.newSingleThreadExecutor(named("lonely-"));
            toEnd.add(single);
            Thread before = single.submit(Thread::currentThread).get();
            assertThat(states(jvm.roll(Role.WORKER, PATIENCE), "lonely"))
                    .singleElement()
                    .satisfies(each -> assertThat(each.complete()).isTrue());
            assertThat(single.submit(Thread::currentThread).get()).isNotSameAs(before);
        }
    }

    @Test
    void busyWorkerStaysBehindUntilItsTaskEnds() throws Exception {
        try (RollingJvm jvm = new RollingJvm()) {
            ThreadPoolExecutor pool = fixed(1, named("busy-"));
            CountDownLatch release = new CountDownLatch(1);
            CountDownLatch begun = new CountDownLatch(1);
            pool.execute(() -> {
                begun.countDown();
                awaitQuietly(release);
            });
            begun.await();
            Roll roll = jvm.roll(Role.WORKER, 100);
            assertThat(roll.finished()).isFalse();
            assertThat(roll.behind()).singleElement().satisfies(each -> {
                assertThat(each.pool()).isEqualTo("busy");
                assertThat(each.stack()).anyMatch(frame -> frame.contains("RollTest.awaitQuietly(RollTest.java:"));
            });
            release.countDown();
            jvm.advance(roll, PATIENCE);
            assertThat(states(roll, "busy")).singleElement().matches(PoolState::complete);
            assertThat(roll.finished()).isTrue();
        }
    }

    @Test
    void rollOfTheSameRoleTakesOverWhatTheFormerLeft() throws Exception {
        try (RollingJvm jvm = new RollingJvm()) {
            ThreadPoolExecutor pool = fixed(2, named("again-"));
            CountDownLatch release = new CountDownLatch(1);
            pool.prestartAllCoreThreads();
            pool.execute(() -> awaitQuietly(release));
            Roll first = jvm.roll(Role.WORKER, 100);
            Roll second = jvm.roll(Role.WORKER, 100);
            assertThat(states(second, "again").get(0).workers()).isEqualTo(2);
            first.close();
            release.countDown();
            jvm.advance(second, PATIENCE);
            assertThat(states(second, "again")).singleElement().matches(PoolState::complete);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"throws", "null", "started", "unstartable"})
    void failingFactoryIsAskedOnceAndTheOldWorkersServeOn(String how) throws Exception {
        try (RollingJvm jvm = new RollingJvm()) {
            ThreadPoolExecutor pool = fixed(2, named("broken-"));
            pool.prestartAllCoreThreads();
            AtomicInteger asked = new AtomicInteger();
            pool.setThreadFactory(failing(how, asked));
            Roll roll = jvm.roll(Role.WORKER, PATIENCE);
            jvm.advance(roll, PATIENCE);
            assertThat(roll.finished()).isTrue();
            assertThat(roll.behind()).as("still on the old side").hasSize(2);
            assertThat(states(roll, "broken")).singleElement().satisfies(each -> {
                assertThat(each.trouble()).startsWith("its ");
                assertThat(each.rolled()).isZero();
            });
            jvm.advance(roll, 50);
            assertThat(asked).hasValue(1);
            assertThat(pool.getPoolSize()).isEqualTo(2);
            pool.submit(() -> {}).get(5, TimeUnit.SECONDS);
            assertThat(pool.getCompletedTaskCount()).isLessThanOrEqualTo(1);
            roll.close();
            // A new roll tries again.
            pool.setThreadFactory(named("broken-"));
            assertThat(states(jvm.roll(Role.WORKER, PATIENCE), "broken"))
                    .singleElement()
                    .matches(PoolState::complete);
        }
    }

    @Test
    @SuppressWarnings("ThreadPriorityCheck")
    void successorInheritsNothingThatATaskLeftBehind() throws Exception {
        InheritableThreadLocal<String> leak = new InheritableThreadLocal<>();
        try (RollingJvm jvm = new RollingJvm();
                URLClassLoader leaked = new URLClassLoader(new URL[0])) {
            ThreadPoolExecutor pool = fixed(1, task -> new Thread(task, "clean-1"));
            ClassLoader born = pool.submit(() -> Thread.currentThread().getContextClassLoader())
                    .get();
            pool.submit(() -> {
                        leak.set("leaked");
                        Thread.currentThread().setContextClassLoader(leaked);
                        Thread.currentThread().setPriority(3);
                    })
                    .get();
            assertThat(states(jvm.roll(Role.WORKER, PATIENCE), "clean"))
                    .singleElement()
                    .matches(PoolState::complete);
            pool.submit(() -> {
                        assertThat(leak.get()).isNull();
                        assertThat(Thread.currentThread().getContextClassLoader())
                                .isSameAs(born);
                        assertThat(Thread.currentThread().getPriority()).isEqualTo(Thread.NORM_PRIORITY);
                    })
                    .get(5, TimeUnit.SECONDS);
        }
    }

    @Test
    void poolThatTheApplicationDropsIsCollected() throws Exception {
        try (RollingJvm jvm = new RollingJvm()) {
            WeakReference<ThreadPoolExecutor> dropped = rolledAndDropped(jvm);
            long start = System.nanoTime();
            while (dropped.get() != null) {
                assertThat(System.nanoTime() - start)
                        .as("nanoseconds until the pool is collected")
                        .isLessThan(5_000_000_000L);
                System.gc();
            }
        }
    }

    private WeakReference<ThreadPoolExecutor> rolledAndDropped(RollingJvm jvm) throws InterruptedException {
        ThreadPoolExecutor pool = fixed(2, named("dropped-"));
        toEnd.clear();
        pool.prestartAllCoreThreads();
        Roll roll = jvm.roll(Role.WORKER, PATIENCE);
        assertThat(states(roll, "dropped")).singleElement().matches(PoolState::complete);
        pool.shutdown();
        assertThat(pool.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
        return new WeakReference<>(pool);
    }

    @Test
    void twoThousandIdleWorkersRoll() throws Exception {
        ThreadPoolExecutor pool = fixed(2_000, named("many-"));
        pool.prestartAllCoreThreads();
        try (RollingJvm jvm = new RollingJvm()) {
            PoolState state = states(jvm.roll(Role.WORKER, 60_000), "many").get(0);
            assertThat(state.complete()).isTrue();
            assertThat(pool.getLargestPoolSize()).isEqualTo(2_000);
        }
    }

    private static final List<Function<String, ThreadFactory>> FACTORIES = List.of(
            RollTest::named,
            stem -> {
                AtomicInteger n = new AtomicInteger();
                return task -> new Thread(() -> task.run(), stem + n.incrementAndGet());
            },
            stem -> {
                AtomicInteger n = new AtomicInteger();
                return task -> {
                    Runnable inner = () -> task.run();
                    return new Thread(() -> inner.run(), stem + n.incrementAndGet());
                };
            },
            stem -> {
                AtomicInteger n = new AtomicInteger();
                return task -> new Own(task, stem + n.incrementAndGet());
            },
            stem -> {
                AtomicInteger n = new AtomicInteger();
                return task -> new Thread(stem + n.incrementAndGet()) {
                    @Override
                    public void run() {
                        task.run();
                    }
                };
            });

    private static final class Own extends Thread {
        private final Runnable task;

        Own(Runnable task, String name) {
            super(name);
            this.task = task;
        }

        @Override
        public void run() {
            task.run();
        }

        @Override
        public String toString() {
            throw new AssertionError("nobody asked for it");
        }
    }

    private static ThreadFactory named(String stem) {
        AtomicInteger number = new AtomicInteger();
        return task -> new Thread(task, stem + number.incrementAndGet());
    }

    private static ThreadFactory failing(String how, AtomicInteger asked) {
        return task -> {
            asked.incrementAndGet();
            // More stack than there is address space: start() fails as it does when the threads of a machine run out.
            long stack = how.equals("unstartable") ? 1L << 50 : 0;
            Thread thread = new Thread(null, task, "failed", stack);
            switch (how) {
                case "throws" -> throw new IllegalStateException("no more threads");
                case "null" -> thread = null;
                case "started" -> thread.start();
                default -> {}
            }
            return thread;
        };
    }

    private ThreadPoolExecutor fixed(int threads, ThreadFactory factory) {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
        toEnd.add(pool);
        return pool;
    }

    private static List<PoolState> states(Roll roll, String stem) {
        return roll.pools().stream()
                .filter(each -> each.name().startsWith(stem))
                .toList();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
