// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import static io.reloader.pool.ForkJoinRollTest.PATIENCE;
import static io.reloader.pool.ForkJoinRollTest.awaitIdle;
import static io.reloader.pool.ForkJoinRollTest.fill;
import static io.reloader.pool.ForkJoinRollTest.named;
import static io.reloader.pool.ForkJoinRollTest.states;
import static org.assertj.core.api.Assertions.assertThat;

import io.reloader.control.Role;
import io.reloader.control.Roll;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinPool.ForkJoinWorkerThreadFactory;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ForkJoinFactoryTest {
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

    private ForkJoinPool pool(int width, ForkJoinWorkerThreadFactory factory) {
        ForkJoinPool pool = new ForkJoinPool(width, factory, null, false);
        toEnd.add(pool);
        return pool;
    }

    @ParameterizedTest
    @ValueSource(strings = {"throws", "null", "foreign"})
    void failingFactoryIsAskedOnceAndTheOldWorkersServeOn(String how) throws Exception {
        try (RollingJvm jvm = new RollingJvm()) {
            AtomicInteger asked = new AtomicInteger();
            ForkJoinWorkerThreadFactory named = named("broken-");
            AtomicBoolean broken = new AtomicBoolean();
            ForkJoinPool foreign = pool(1, named);
            ForkJoinPool pool = pool(2, of -> {
                if (!broken.get()) {
                    return named.newThread(of);
                }
                asked.incrementAndGet();
                return switch (how) {
                    case "throws" -> throw new IllegalStateException("no more threads");
                    case "null" -> null;
                    default -> named.newThread(foreign);
                };
            });
            Set<Thread> before = fill(pool, 2);
            broken.set(true);
            Roll roll = jvm.roll(Role.WORKER, 1_000);
            assertThat(roll.finished()).isTrue();
            assertThat(roll.behind()).hasSize(2);
            assertThat(states(roll, "broken").get(0).trouble()).startsWith("its thread factory ");
            jvm.advance(roll, 50);
            assertThat(asked).hasValue(1);
            assertThat(fill(pool, 2)).isEqualTo(before);
            roll.close();
            broken.set(false);
            assertThat(states(jvm.roll(Role.WORKER, PATIENCE), "broken").get(0).complete())
                    .isTrue();
        }
    }

    @Test
    void tasksThatTheThreadFactoryForksRun() throws Exception {
        try (RollingJvm jvm = new RollingJvm()) {
            Forking forking = new Forking();
            fill(pool(2, forking), 2);
            assertThat(states(jvm.roll(Role.WORKER, PATIENCE), "forking").get(0).complete())
                    .isTrue();
            awaitIdle(jvm.pools.drain());
            assertThat(forking.ran).hasValue(forking.forked.get()).hasPositiveValue();
        }
    }

    @Test
    void theSameCheckSeesThatLeavingWithTasksInTheOwnQueueLosesThem() throws Exception {
        try (RollingJvm jvm = new RollingJvm()) {
            Forking forking = new Forking();
            ForkJoinPool pool = pool(1, forking);
            Set<Thread> before = fill(pool, 1);
            new NaiveForkJoinRoll(pool, before.iterator().next()).run();
            awaitIdle(jvm.pools.drain());
            assertThat(forking.ran.get()).isLessThan(forking.forked.get());
        }
    }

    /** Forks tasks whenever a worker of the pool makes another. */
    private static final class Forking implements ForkJoinWorkerThreadFactory {
        private final AtomicInteger forked = new AtomicInteger();
        private final AtomicInteger ran = new AtomicInteger();
        private final ForkJoinWorkerThreadFactory named = named("forking-");

        @Override
        public ForkJoinWorkerThread newThread(ForkJoinPool pool) {
            ForkJoinWorkerThread thread = named.newThread(pool);
            if (Thread.currentThread() instanceof ForkJoinWorkerThread worker && worker.getPool() == pool) {
                for (int i = 0; i < 500; i++) {
                    forked.incrementAndGet();
                    pool.execute(() -> {
                        LockSupport.parkNanos(50_000);
                        ran.incrementAndGet();
                    });
                }
            }
            return thread;
        }
    }
}
