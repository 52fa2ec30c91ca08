// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** A pool without a queue that is only just big enough: each missing worker is felt. */
final class RejectionTest {
    private static final int WORKERS = 4;
    private static final int TASKS = Integer.getInteger("rejections.tasks", 8_000);

    @Test
    void rollingRefusesNoMoreTasksThanThePoolDoesByItself() throws Exception {
        try (RollingJvm jvm = new RollingJvm()) {
            int alone = Math.max(rejected(), rejected());
            jvm.startRolling();
            int rolling = Math.min(rejected(), rejected());
            long rolled = jvm.stopRolling();
            assertThat(rolled).as("workers replaced").isGreaterThan(20);
            assertThat(rolling)
                    .as("rejected of %s while rolling; without a roll %s", TASKS, alone)
                    .isLessThanOrEqualTo(alone + TASKS / 2000);
        }
    }

    /** How many tasks are refused when as many are in flight, at most, as there are workers. */
    private static int rejected() throws InterruptedException {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                WORKERS,
                WORKERS,
                0,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                task -> new Thread(task, "tight-" + number.incrementAndGet()));
        pool.prestartAllCoreThreads();
        AtomicInteger rejected = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(WORKERS);
        for (int i = 0; i < WORKERS; i++) {
            new Thread(() -> submit(pool, rejected, done), "submitter-" + i).start();
        }
        done.await();
        pool.shutdown();
        assertThat(pool.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
        return rejected.get();
    }

    private static void submit(ThreadPoolExecutor pool, AtomicInteger rejected, CountDownLatch done) {
        for (int i = 0; i < TASKS / WORKERS; i++) {
            CountDownLatch ran = new CountDownLatch(1);
            try {
                pool.execute(ran::countDown);
                ran.await();
            } catch (RejectedExecutionException e) {
                rejected.incrementAndGet();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            // The worker needs a moment from its task back to the queue.
            LockSupport.parkNanos(150_000);
        }
        done.countDown();
    }
}
