// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.reloader.control.Drain;
import io.reloader.control.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DrainTest {
    private final List<ExecutorService> pools = new ArrayList<>();

    @AfterEach
    void endPools() {
        pools.forEach(ExecutorService::shutdownNow);
    }

    @Test
    void isNotIdleWhileATaskBouncesThroughThreePools() throws Exception {
        for (int i = 0; i < 3; i++) {
            pools.add(Executors.newCachedThreadPool());
        }
        AtomicBoolean stop = new AtomicBoolean();
        AtomicLong hops = new AtomicLong();
        CountDownLatch stopped = new CountDownLatch(1);
        try (RollingJvm jvm = new RollingJvm()) {
            bounce(stop, hops, stopped);
            Drain drain = jvm.pools.drain();
            long start = System.nanoTime();
            while (System.nanoTime() - start < 1_000_000_000L) {
                assertThat(drain.idle()).as("idle after %s hops", hops).isFalse();
                LockSupport.parkNanos(500_000);
            }
            stop.set(true);
            assertThat(stopped.await(5, TimeUnit.SECONDS)).isTrue();
            becomesIdle(drain);
        }
    }

    private void bounce(AtomicBoolean stop, AtomicLong hops, CountDownLatch stopped) {
        if (stop.get()) {
            stopped.countDown();
            return;
        }
        pools.get((int) (hops.incrementAndGet() % 3)).execute(() -> bounce(stop, hops, stopped));
    }

    @Test
    void namesTheWorkerThatHoldsATaskAndWhereItIs() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        ExecutorService pool = Executors.newFixedThreadPool(2, task -> new Thread(task, "report-1"));
        pools.add(pool);
        try (RollingJvm jvm = new RollingJvm()) {
            pool.execute(() -> {
                begun.countDown();
                try {
                    release.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            begun.await();
            Drain drain = jvm.pools.drain();
            assertThat(drain.idle()).isFalse();
            assertThat(drain.busy())
                    .filteredOn(each -> each.pool().equals("report"))
                    .singleElement()
                    .satisfies(each -> assertThat(each.stack()).anyMatch(frame -> frame.contains("DrainTest")));
            release.countDown();
            becomesIdle(drain);
        }
    }

    @Test
    void schedulerThatTicksAllTheTimeDoesNotHoldTheDrainUp() throws Exception {
        ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(1);
        pools.add(pool);
        ScheduledFuture<?> ticks = pool.scheduleAtFixedRate(() -> {}, 0, 2, TimeUnit.MILLISECONDS);
        try (RollingJvm jvm = new RollingJvm()) {
            becomesIdle(jvm.pools.drain());
            assertThat(ticks.isDone()).as("the ticking ended by itself").isFalse();
        }
    }

    @Test
    void poolWhoseLockIsNeverReleasedHoldsNeitherRollNorDrainUp() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch holds = new CountDownLatch(1);
        ThreadPoolExecutor pool = new ThreadPoolExecutor(1, 1, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>()) {
            @Override
            protected void terminated() {
                holds.countDown();
                try {
                    release.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        };
        pools.add(pool);
        pool.submit(() -> {}).get();
        // Whoever comes last runs terminated(): the worker, or the one that shuts down.
        Thread closer = new Thread(pool::shutdown, "closer");
        closer.setDaemon(true);
        closer.start();
        assertThat(holds.await(30, TimeUnit.SECONDS)).as("terminated() runs").isTrue();
        try (RollingJvm jvm = new RollingJvm()) {
            jvm.roll(Role.WORKER, 5_000);
            becomesIdle(jvm.pools.drain());
        } finally {
            release.countDown();
        }
    }

    @Test
    void delayedTaskThatIsNotDueDoesNotHoldTheDrainUp() throws Exception {
        ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(1);
        pools.add(pool);
        try (RollingJvm jvm = new RollingJvm()) {
            ScheduledFuture<?> far = pool.schedule(() -> {}, 1, TimeUnit.HOURS);
            becomesIdle(jvm.pools.drain());
            assertThat(far.isDone()).isFalse();
        }
    }

    private static void becomesIdle(Drain drain) {
        long start = System.nanoTime();
        while (!drain.idle()) {
            assertThat(System.nanoTime() - start)
                    .as("nanoseconds until idle, busy %s", drain.busy())
                    .isLessThan(5_000_000_000L);
            LockSupport.parkNanos(2_000_000);
        }
    }
}
