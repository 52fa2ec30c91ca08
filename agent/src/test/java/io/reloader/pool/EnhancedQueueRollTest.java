// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.reloader.control.Drain;
import io.reloader.control.PoolState;
import io.reloader.control.Role;
import io.reloader.control.Roll;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EnhancedQueueRollTest {
    private static final long PATIENCE = 5_000;

    private final List<ExecutorService> toEnd = new ArrayList<>();

    @AfterEach
    void endPools() throws InterruptedException {
        for (ExecutorService each : toEnd) {
            each.shutdown();
            assertThat(LibraryLoad.ends(each)).as("pool ends").isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.4.0.Final", "3.1.1.Final", "3.9.1"})
    void rollingNeitherLosesNorDoublesNorReordersNorInterruptsATask(String version) throws Exception {
        long rolled;
        List<String> violations = new ArrayList<>();
        try (RollingJvm jvm = new RollingJvm()) {
            // Loaded after the weaver is in force.
            JBossPool jboss = JBossPool.of(version);
            jvm.startRolling();
            for (int size : new int[] {4, 1}) {
                violations.addAll(new LibraryLoad(size, factory -> jboss.make(size, factory))
                        .steady(Integer.getInteger("stress.millis", 300)));
            }
            for (int i = 0; i < 10; i++) {
                LibraryLoad load = new LibraryLoad(4, factory -> jboss.make(4, factory));
                // From 3.1 on shutdown() never returns if the last node that it saw is taken, and so linked to itself,
                // before its successor is looked at: which takes a submitter.
                violations.addAll(version.startsWith("3.") ? load.cutShortUnfed(2 + i) : load.cutShort(2 + i));
            }
            rolled = jvm.stopRolling();
        }
        assertThat(violations).isEmpty();
        assertThat(rolled).as("workers replaced").isGreaterThan(50);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.4.0.Final", "3.1.1.Final", "3.9.1"})
    void idlePoolOlderThanTheWeavingRolls(String version) throws Exception {
        ExecutorService pool = kept(JBossPool.of(version).make(3, named("late-")));
        for (int i = 0; i < 20_000; i++) {
            pool.execute(() -> {});
        }
        Thread before = pool.submit(Thread::currentThread).get();
        try (RollingJvm jvm = new RollingJvm()) {
            assertThat(states(jvm.roll(Role.WORKER, PATIENCE), "late"))
                    .singleElement()
                    .matches(PoolState::complete)
                    .matches(each -> each.workers() == 3);
            assertThat(pool.submit(Thread::currentThread).get()).isNotSameAs(before);
            assertThat(LibraryLoad.size(pool)).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.4.0.Final", "3.1.1.Final", "3.9.1"})
    void saturatedPoolRollsBetweenTwoTasks(String version) throws Exception {
        ExecutorService pool = kept(JBossPool.of(version).make(2, named("full-")));
        CountDownLatch enough = new CountDownLatch(1);
        AtomicLong interrupted = new AtomicLong();
        Runnable endless = new Runnable() {
            @Override
            public void run() {
                LockSupport.parkNanos(100_000);
                if (Thread.interrupted()) {
                    interrupted.incrementAndGet();
                }
                if (enough.getCount() != 0) {
                    pool.execute(this);
                }
            }
        };
        for (int i = 0; i < 100; i++) {
            pool.execute(endless);
        }
        try (RollingJvm jvm = new RollingJvm()) {
            Roll roll = jvm.roll(Role.WORKER, PATIENCE);
            enough.countDown();
            assertThat(states(roll, "full")).singleElement().matches(PoolState::complete);
            assertThat(LibraryLoad.size(pool)).isEqualTo(2);
        }
        assertThat(interrupted).hasValue(0);
    }

    @Test
    void busyWorkerOlderThanTheWeavingStaysBehindUntilItsTaskEnds() throws Exception {
        ExecutorService pool = kept(JBossPool.of("3.9.1").make(1, named("busy-")));
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger interrupted = new AtomicInteger();
        pool.execute(() -> {
            begun.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                interrupted.incrementAndGet();
            }
        });
        begun.await();
        try (RollingJvm jvm = new RollingJvm()) {
            Roll roll = jvm.roll(Role.WORKER, 100);
            assertThat(roll.behind())
                    .singleElement()
                    .matches(each -> each.pool().equals("busy"));
            release.countDown();
            jvm.advance(roll, PATIENCE);
            assertThat(states(roll, "busy")).singleElement().matches(PoolState::complete);
            assertThat(interrupted).hasValue(0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.4.0.Final", "3.1.1.Final", "3.9.1"})
    void failingFactoryIsAskedOnceAndTheOldWorkersServeOn(String version) throws Exception {
        try (RollingJvm jvm = new RollingJvm()) {
            AtomicBoolean broken = new AtomicBoolean();
            AtomicInteger refused = new AtomicInteger();
            ThreadFactory good = named("broken-");
            ExecutorService pool = kept(JBossPool.of(version).make(2, worker -> {
                if (broken.get()) {
                    refused.incrementAndGet();
                    throw new IllegalStateException("no more threads");
                }
                return good.newThread(worker);
            }));
            assertThatBothServe(pool);
            broken.set(true);
            Roll roll = jvm.roll(Role.WORKER, PATIENCE);
            jvm.advance(roll, 50);
            assertThat(states(roll, "broken")).singleElement().satisfies(each -> {
                assertThat(each.trouble()).startsWith("its thread factory threw");
                assertThat(each.rolled()).isZero();
            });
            assertThat(refused).hasValue(1);
            assertThat(LibraryLoad.size(pool)).isEqualTo(2);
            assertThatBothServe(pool);
        }
    }

    @Test
    void drainWaitsForTheTaskThatRuns() throws Exception {
        ExecutorService pool = kept(JBossPool.of("3.9.1").make(2, named("draining-")));
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (RollingJvm jvm = new RollingJvm()) {
            pool.execute(() -> {
                begun.countDown();
                awaitQuietly(release);
            });
            begun.await();
            Drain drain = jvm.pools.drain();
            assertThat(drain.idle()).isFalse();
            assertThat(drain.busy()).anyMatch(each -> each.pool().equals("draining"));
            release.countDown();
            long start = System.nanoTime();
            while (!drain.idle()) {
                assertThat(System.nanoTime() - start)
                        .as("nanoseconds until idle, busy %s", drain.busy())
                        .isLessThan(5_000_000_000L);
                LockSupport.parkNanos(2_000_000);
            }
        }
    }

    private static void assertThatBothServe(ExecutorService pool) throws InterruptedException {
        CountDownLatch both = new CountDownLatch(2);
        for (int i = 0; i < 2; i++) {
            pool.execute(() -> {
                both.countDown();
                awaitQuietly(both);
            });
        }
        assertThat(both.await(5, TimeUnit.SECONDS)).as("both workers serve").isTrue();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ThreadFactory named(String prefix) {
        AtomicInteger number = new AtomicInteger();
        return worker -> new Thread(worker, prefix + number.incrementAndGet());
    }

    private ExecutorService kept(ExecutorService pool) {
        toEnd.add(pool);
        return pool;
    }

    private static List<PoolState> states(Roll roll, String name) {
        return roll.pools().stream()
                .filter(each -> each.name().startsWith(name))
                .toList();
    }
}
