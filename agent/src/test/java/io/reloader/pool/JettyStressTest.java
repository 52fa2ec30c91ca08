// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class JettyStressTest {
    private static final int TASKS = Integer.getInteger("stress.jetty.tasks", 400_000);
    private static final int SUBMITTERS = 3;

    private final QueuedThreadPool pool = new QueuedThreadPool(8, 8);
    private final AtomicIntegerArray runs = new AtomicIntegerArray(TASKS);
    private final AtomicInteger interrupted = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final Semaphore inFlight = new Semaphore(2_000);
    private final Set<Integer> sizes = ConcurrentHashMap.newKeySet();

    @AfterEach
    void stop() throws Exception {
        pool.stop();
    }

    @Test
    void rollingNeitherLosesNorDoublesNorInterruptsAJobOfJettysPool() throws Exception {
        long rolled;
        pool.setReservedThreads(0);
        pool.start();
        List<Thread> first = JettyThreads.of(pool);
        try (RollingJvm jvm = new RollingJvm()) {
            jvm.startRolling();
            submitAll();
            Await.until("all tasks are done", () -> done.get() == TASKS);
            Await.until("the first workers are gone", () -> first.stream().noneMatch(Thread::isAlive));
            rolled = jvm.stopRolling();
        }
        for (int i = 0; i < TASKS; i++) {
            assertThat(runs.get(i)).as("runs of task %s", i).isEqualTo(1);
        }
        assertThat(interrupted).as("interrupts seen").hasValue(0);
        assertThat(rolled).as("workers replaced").isGreaterThan(15);
        assertThat(sizes).as("numbers of threads").containsExactly(8);
        Await.until("all are idle", () -> pool.getIdleThreads() == 8 && pool.getThreads() == 8);
        assertThat(JettyThreads.of(pool)).hasSize(8);
    }

    private void submitAll() throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        List<Thread> submitters = new ArrayList<>();
        for (int i = 0; i < SUBMITTERS; i++) {
            Thread submitter = new Thread(() -> submit(next), "submitter");
            submitter.start();
            submitters.add(submitter);
        }
        for (Thread each : submitters) {
            each.join();
        }
    }

    /** Now and then leaves the workers idle. */
    private void submit(AtomicInteger next) {
        for (int task = next.getAndIncrement(); task < TASKS; task = next.getAndIncrement()) {
            int number = task;
            inFlight.acquireUninterruptibly();
            pool.execute(() -> run(number));
            if (number % 1_000 == 0) {
                sizes.add(pool.getThreads());
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    private void run(int task) {
        if (Thread.currentThread().isInterrupted()) {
            interrupted.incrementAndGet();
        }
        if (task % 97 == 0) {
            LockSupport.parkNanos(50_000);
        }
        if (Thread.interrupted()) {
            interrupted.incrementAndGet();
        }
        runs.incrementAndGet(task);
        done.incrementAndGet();
        inFlight.release();
    }
}
