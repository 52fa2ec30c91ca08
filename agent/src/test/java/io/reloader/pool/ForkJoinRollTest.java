// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.reloader.control.Drain;
import io.reloader.control.PoolState;
import io.reloader.control.Role;
import io.reloader.control.Roll;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinPool.ForkJoinWorkerThreadFactory;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.RecursiveTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ForkJoinRollTest {
    static final long PATIENCE = 10_000;

    private final List<ForkJoinPool> toEnd = new ArrayList<>();

    @AfterEach
    void endPools() throws InterruptedException {
        for (ForkJoinPool each : toEnd) {
            each.shutdownNow();
            assertThat(each.awaitTermination(5, TimeUnit.SECONDS))
                    .as("pool ends")
                    .isTrue();
        }
    }

    @Test
    void idleWorkersOlderThanTheWeavingRoll() throws Exception {
        List<Set<Thread>> before = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            ForkJoinPool pool = pool(4, named("late" + i + "-"), i == 1);
            for (int n = 0; n < 20_000; n++) {
                pool.execute(() -> {});
            }
            // With tasks in its queue JDK 17 signals no worker that waits.
            assertThat(pool.awaitQuiescence(10, TimeUnit.SECONDS)).as("ran all").isTrue();
            before.add(fill(pool));
        }
        try (RollingJvm jvm = new RollingJvm()) {
            List<PoolState> states = states(jvm.roll(Role.WORKER, PATIENCE), "late");
            assertThat(states).hasSize(3).allMatch(PoolState::complete).allMatch(each -> each.workers() == 4);
        }
        for (int i = 0; i < 3; i++) {
            assertAllDead(before.get(i));
            assertThat(toEnd.get(i).getPoolSize()).isEqualTo(4);
            assertThat(fill(toEnd.get(i))).hasSize(4).doesNotContainAnyElementsOf(before.get(i));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 64})
    void idlePoolOfAnyWidthRolls(int width) throws Exception {
        ForkJoinPool pool = pool(width, named("wide-"), false);
        try (RollingJvm jvm = new RollingJvm()) {
            Set<Thread> before = fill(pool);
            PoolState state = states(jvm.roll(Role.WORKER, PATIENCE), "wide").get(0);
            assertThat(state.complete()).as(state.toString()).isTrue();
            assertThat(state.workers()).isEqualTo(width);
            assertAllDead(before);
            assertThat(pool.getPoolSize()).isEqualTo(width);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void poolThatIsNeverIdleRolls(boolean late) throws Exception {
        ForkJoinPool pool = pool(3, named("full-"), true);
        AtomicBoolean stop = new AtomicBoolean();
        Thread feeder = new Thread(() -> feed(pool, stop), "feeder");
        RollingJvm earlier = new RollingJvm();
        if (late) {
            earlier.close();
        }
        Set<Thread> before = fill(pool);
        feeder.start();
        awaitQueued(pool);
        try (RollingJvm jvm = late ? new RollingJvm() : earlier) {
            PoolState state = states(jvm.roll(Role.WORKER, PATIENCE), "full").get(0);
            assertThat(state.complete()).as(state.toString()).isTrue();
            assertThat(pool.hasQueuedSubmissions()).as("never idle").isTrue();
            assertAllDead(before);
        } finally {
            stop.set(true);
            feeder.join();
        }
    }

    @Test
    void commonPoolIsATaskPool() throws Exception {
        try (RollingJvm jvm = new RollingJvm()) {
            Set<Thread> before = fill(ForkJoinPool.commonPool(), ForkJoinPool.getCommonPoolParallelism());
            assertThat(jvm.pools.list())
                    .filteredOn(each -> each.name().startsWith("ForkJoinPool.commonPool"))
                    .singleElement()
                    .satisfies(each -> {
                        assertThat(each.role()).isEqualTo(Role.TASK);
                        assertThat(each.reason()).isEqualTo("it is the common pool");
                    });
            assertThat(states(jvm.roll(Role.TASK, PATIENCE), "ForkJoinPool.commonPool"))
                    .singleElement()
                    .matches(PoolState::complete);
            assertAllDead(before);
        }
    }

    @Test
    void workerThatWaitsForWhatItForkedHoldsAUnitOfWork() throws Exception {
        try (RollingJvm jvm = new RollingJvm()) {
            ForkJoinPool pool = pool(2, named("joins-"), false);
            CountDownLatch begun = new CountDownLatch(2);
            CountDownLatch release = new CountDownLatch(1);
            pool.execute(new RecursiveTask<Integer>() {
                @Override
                protected Integer compute() {
                    RecursiveTask<Integer> fork = new RecursiveTask<>() {
                        @Override
                        protected Integer compute() {
                            begun.countDown();
                            awaitQuietly(release);
                            return 1;
                        }
                    };
                    fork.fork();
                    begun.countDown();
                    // Another worker has to take it.
                    while (begun.getCount() > 0) {
                        Thread.onSpinWait();
                    }
                    return fork.join();
                }
            });
            begun.await();
            Roll roll = jvm.roll(Role.WORKER, 100);
            assertThat(roll.finished()).isFalse();
            assertThat(roll.behind()).hasSize(2);
            Drain drain = jvm.pools.drain();
            assertThat(drain.idle()).isFalse();
            assertThat(drain.busy())
                    .filteredOn(each -> each.pool().equals("joins"))
                    .isNotEmpty();
            release.countDown();
            jvm.advance(roll, PATIENCE);
            assertThat(states(roll, "joins")).singleElement().matches(PoolState::complete);
            awaitIdle(drain);
        }
    }

    @Test
    void workerWhoseOwnQueueNeverEmptiesStaysBehind() throws Exception {
        try (RollingJvm jvm = new RollingJvm()) {
            ForkJoinPool pool = pool(1, named("selfish-"), false);
            AtomicBoolean stop = new AtomicBoolean();
            AtomicInteger runs = new AtomicInteger();
            pool.execute(new Again(stop, runs));
            awaitRuns(runs);
            Roll roll = jvm.roll(Role.WORKER, 100);
            assertThat(roll.behind())
                    .singleElement()
                    .matches(each -> each.pool().equals("selfish"));
            assertThat(jvm.pools.drain().idle()).isFalse();
            stop.set(true);
            jvm.advance(roll, PATIENCE);
            assertThat(states(roll, "selfish")).singleElement().matches(PoolState::complete);
        }
    }

    private record Again(AtomicBoolean stop, AtomicInteger runs) implements Runnable {
        @Override
        public void run() {
            runs.incrementAndGet();
            if (!stop.get()) {
                ((ForkJoinWorkerThread) Thread.currentThread()).getPool().execute(this);
            }
        }
    }

    private static void awaitRuns(AtomicInteger runs) {
        long start = System.nanoTime();
        while (runs.get() == 0) {
            assertThat(System.nanoTime() - start)
                    .as("nanoseconds until it runs")
                    .isLessThan(5_000_000_000L);
            Thread.onSpinWait();
        }
    }

    @Test
    void onTerminationIsNotToldOfTheThrowThatTakesAWorkerOut() throws Exception {
        List<Throwable> told = new ArrayList<>();
        ForkJoinPool pool = pool(
                2,
                of -> new ForkJoinWorkerThread(of) {
                    @Override
                    protected void onTermination(Throwable thrown) {
                        if (thrown != null) {
                            told.add(thrown);
                        }
                    }
                },
                true);
        AtomicBoolean stop = new AtomicBoolean();
        Thread feeder = new Thread(() -> feed(pool, stop), "feeder");
        try (RollingJvm jvm = new RollingJvm()) {
            fill(pool);
            feeder.start();
            awaitQueued(pool);
            for (int i = 0; i < 5; i++) {
                assertThat(jvm.roll(Role.WORKER, PATIENCE).pools()).allMatch(PoolState::complete);
            }
        } finally {
            stop.set(true);
            feeder.join();
        }
        assertThat(told).isEmpty();
    }

    private static void feed(ForkJoinPool pool, AtomicBoolean stop) {
        while (!stop.get()) {
            if (pool.getQueuedSubmissionCount() < 1_000) {
                for (int i = 0; i < 100; i++) {
                    pool.execute(() -> LockSupport.parkNanos(20_000));
                }
            } else {
                LockSupport.parkNanos(10_000);
            }
        }
    }

    private static void awaitQueued(ForkJoinPool pool) {
        long start = System.nanoTime();
        while (pool.getQueuedSubmissionCount() < 100) {
            assertThat(System.nanoTime() - start).as("queued tasks").isLessThan(5_000_000_000L);
            Thread.onSpinWait();
        }
    }

    static void awaitIdle(Drain drain) {
        long start = System.nanoTime();
        while (!drain.idle()) {
            assertThat(System.nanoTime() - start)
                    .as("nanoseconds until idle, busy %s", drain.busy())
                    .isLessThan(5_000_000_000L);
            LockSupport.parkNanos(2_000_000);
        }
    }

    private Set<Thread> fill(ForkJoinPool pool) {
        return fill(pool, pool.getParallelism());
    }

    /** Has so many tasks run at once; returns their threads. */
    static Set<Thread> fill(ForkJoinPool pool, int width) {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        CountDownLatch release = new CountDownLatch(1);
        for (int i = 0; i < width; i++) {
            pool.execute(() -> {
                threads.add(Thread.currentThread());
                awaitQuietly(release);
            });
        }
        long start = System.nanoTime();
        while (threads.size() < width) {
            assertThat(System.nanoTime() - start)
                    .as("nanoseconds until %s threads run: %s", width, pool)
                    .isLessThan(10_000_000_000L);
            // JDK 17 by itself misses a signal now and then while all workers that are awake block.
            pool.execute(() -> {});
            LockSupport.parkNanos(1_000_000);
        }
        release.countDown();
        return threads;
    }

    static void assertAllDead(Set<Thread> threads) throws InterruptedException {
        for (Thread each : threads) {
            each.join(5_000);
            assertThat(each.isAlive()).as("%s is alive", each).isFalse();
        }
    }

    static ForkJoinWorkerThreadFactory named(String stem) {
        AtomicInteger number = new AtomicInteger();
        return pool -> {
            ForkJoinWorkerThread thread = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
            thread.setName(stem + number.incrementAndGet());
            return thread;
        };
    }

    private ForkJoinPool pool(int width, ForkJoinWorkerThreadFactory factory, boolean async) {
        ForkJoinPool pool = new ForkJoinPool(width, factory, null, async);
        toEnd.add(pool);
        return pool;
    }

    static List<PoolState> states(Roll roll, String stem) {
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
