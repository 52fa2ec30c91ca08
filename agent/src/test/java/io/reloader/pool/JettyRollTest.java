// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.reloader.control.Drain;
import io.reloader.control.PoolState;
import io.reloader.control.Role;
import io.reloader.control.Roll;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("ThreadPriorityCheck")
final class JettyRollTest {
    private final List<QueuedThreadPool> pools = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (QueuedThreadPool each : pools) {
            each.stop();
        }
    }

    private QueuedThreadPool started(QueuedThreadPool pool) throws Exception {
        pools.add(pool);
        pool.setReservedThreads(0);
        pool.start();
        Await.until("its workers wait", () -> pool.getIdleThreads() == pool.getThreads());
        return pool;
    }

    private static QueuedThreadPool with(ThreadFactory factory) {
        return new QueuedThreadPool(4, 4, 60_000, 0, null, null, factory);
    }

    private static PoolState stateOf(Roll roll, String name) {
        return roll.pools().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void idleWorkersThatWaitedBeforeTheWeavingAreReplaced() throws Exception {
        QueuedThreadPool pool = started(new QueuedThreadPool(20, 20));
        List<Thread> first = JettyThreads.of(pool);
        try (RollingJvm jvm = new RollingJvm()) {
            Roll roll = jvm.roll(Role.WORKER, 10_000);
            assertThat(stateOf(roll, pool.getName()))
                    .matches(PoolState::complete)
                    .matches(each -> each.workers() == 20);
            Await.until("the old threads end", () -> first.stream().noneMatch(Thread::isAlive));
        }
        assertThat(JettyThreads.of(pool)).hasSize(20);
        Await.until("the books are right", () -> pool.getThreads() == 20 && pool.getIdleThreads() == 20);
    }

    @Test
    void jobThatBeganBeforeTheWeavingIsWaitedForAndNotInterrupted() throws Exception {
        QueuedThreadPool pool = started(new QueuedThreadPool(2, 2));
        CountDownLatch begun = new CountDownLatch(2);
        AtomicBoolean release = new AtomicBoolean();
        AtomicInteger interrupted = new AtomicInteger();
        List<Thread> first = JettyThreads.of(pool);
        for (int i = 0; i < 2; i++) {
            pool.execute(() -> {
                begun.countDown();
                while (!release.get()) {
                    LockSupport.parkNanos(1_000_000);
                    interrupted.addAndGet(Thread.interrupted() ? 1 : 0);
                }
            });
        }
        begun.await();
        try (RollingJvm jvm = new RollingJvm()) {
            Roll roll = jvm.roll(Role.WORKER, 300);
            assertThat(roll.finished()).isFalse();
            assertThat(roll.behind())
                    .filteredOn(each -> each.pool().equals(pool.getName()))
                    .hasSize(2);
            assertThat(jvm.pools.drain().idle()).isFalse();
            release.set(true);
            jvm.advance(roll, 10_000);
            assertThat(stateOf(roll, pool.getName())).matches(PoolState::complete);
            Await.until("the old threads end", () -> first.stream().noneMatch(Thread::isAlive));
        }
        assertThat(interrupted).hasValue(0);
        Await.until("the books are right", () -> pool.getThreads() == 2 && pool.getIdleThreads() == 2);
    }

    @Test
    void stoppingThePoolInMidRollLosesNoJobAndLeavesNoThread() throws Exception {
        int accepted = 0;
        AtomicInteger done = new AtomicInteger();
        long rolled;
        List<String> names = new ArrayList<>();
        try (RollingJvm jvm = new RollingJvm()) {
            jvm.startRolling();
            for (int n = 0; n < 60; n++) {
                QueuedThreadPool pool = new QueuedThreadPool(6, 3);
                pool.setName("stopped" + n);
                names.add(pool.getName());
                pool.start();
                long start = System.nanoTime();
                while (System.nanoTime() - start < TimeUnit.MILLISECONDS.toNanos(5 + n % 20)) {
                    pool.execute(new Job(done));
                    accepted++;
                    LockSupport.parkNanos(20_000);
                }
                pool.stop();
                assertThatThrownByExecute(pool);
            }
            rolled = jvm.stopRolling();
        }
        assertThat(done).hasValue(accepted);
        assertThat(rolled).isPositive();
        Await.until(
                "no thread is left",
                () -> names.stream()
                        .allMatch(each -> JettyThreads.named(each + "-").isEmpty()));
    }

    private static void assertThatThrownByExecute(QueuedThreadPool pool) {
        boolean refused = false;
        try {
            pool.execute(() -> {});
        } catch (RejectedExecutionException e) {
            refused = true;
        }
        assertThat(refused).isTrue();
    }

    @Test
    void failingThreadFactoryIsAskedOnceAndTheOldWorkersServeOn() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        for (boolean throwing : new boolean[] {true, false}) {
            AtomicBoolean fails = new AtomicBoolean();
            QueuedThreadPool pool =
                    started(with(task -> fails.get() ? failed(asked, throwing) : thread(task, throwing)));
            asked.set(0);
            fails.set(true);
            try (RollingJvm jvm = new RollingJvm()) {
                Roll roll = jvm.roll(Role.WORKER, 10_000);
                assertThat(roll.finished()).isTrue();
                PoolState state = stateOf(roll, "failing-" + throwing);
                assertThat(state.trouble())
                        .isEqualTo("its thread factory "
                                + (throwing ? "threw java.lang.IllegalStateException" : "returned null"));
                assertThat(asked).hasValue(1);
                CountDownLatch ran = new CountDownLatch(8);
                for (int i = 0; i < 8; i++) {
                    pool.execute(ran::countDown);
                }
                assertThat(ran.await(5, TimeUnit.SECONDS)).isTrue();
            }
            Await.until("the books are right", () -> pool.getThreads() == 4 && pool.getIdleThreads() == 4);
            assertThat(JettyThreads.named("failing-" + throwing)).hasSize(4);
            fails.set(false);
        }
    }

    private static @Nullable Thread failed(AtomicInteger asked, boolean throwing) {
        asked.incrementAndGet();
        if (throwing) {
            throw new IllegalStateException("no more threads");
        }
        return null;
    }

    private static Thread thread(Runnable task, boolean throwing) {
        return new Thread(task, "failing-" + throwing + "-" + System.nanoTime());
    }

    @Test
    void successorIsBornAsItsPredecessorWasAndNotAsAJobLeftThat() throws Exception {
        InheritableThreadLocal<String> inherited = new InheritableThreadLocal<>();
        AtomicInteger next = new AtomicInteger();
        QueuedThreadPool pool = new QueuedThreadPool(
                1, 1, 60_000, 0, null, null, task -> new Thread(task, "born-" + next.incrementAndGet()));
        try (RollingJvm jvm = new RollingJvm()) {
            started(pool);
            ClassLoader loader = Thread.currentThread().getContextClassLoader();
            pool.execute(() -> {
                Thread.currentThread().setContextClassLoader(null);
                Thread.currentThread().setPriority(2);
                inherited.set("left behind");
            });
            Await.until("it is idle", () -> pool.getIdleThreads() == 1);
            Roll roll = jvm.roll(Role.WORKER, 10_000);
            assertThat(stateOf(roll, "born")).matches(PoolState::complete);
            List<@Nullable Object> found = new ArrayList<>();
            CountDownLatch ran = new CountDownLatch(1);
            pool.execute(() -> {
                found.add(Thread.currentThread().getContextClassLoader());
                found.add(Thread.currentThread().getPriority());
                found.add(inherited.get());
                ran.countDown();
            });
            assertThat(ran.await(5, TimeUnit.SECONDS)).isTrue();
            assertThat(found).containsExactly(loader, Thread.NORM_PRIORITY, null);
        }
    }

    @Test
    void poolWhoseClassChangesHowWorkersLeaveIsPinned() throws Exception {
        QueuedThreadPool pool = started(new Evicting());
        try (RollingJvm jvm = new RollingJvm()) {
            Roll roll = jvm.roll(Role.WORKER, 10_000);
            assertThat(roll.finished()).isTrue();
            assertThat(stateOf(roll, pool.getName()).trouble())
                    .contains("overrides evict")
                    .contains("pinned");
        }
    }

    @Test
    void drainWaitsForTheQueueAndTheJobsOfThePool() throws Exception {
        QueuedThreadPool pool = started(new QueuedThreadPool(1, 1));
        CountDownLatch release = new CountDownLatch(1);
        try (RollingJvm jvm = new RollingJvm()) {
            pool.execute(() -> await(release));
            pool.execute(() -> {});
            Drain drain = jvm.pools.drain();
            for (int i = 0; i < 20; i++) {
                assertThat(drain.idle()).isFalse();
                LockSupport.parkNanos(2_000_000);
            }
            assertThat(drain.busy()).extracting(each -> each.pool()).contains(pool.getName());
            release.countDown();
            Await.until("it is drained", drain::idle);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A pool that is stopped closes what it has not run, rolled or not. */
    private record Job(AtomicInteger done) implements Runnable, Closeable {
        @Override
        public void run() {
            done.incrementAndGet();
        }

        @Override
        public void close() {
            done.incrementAndGet();
        }
    }

    private static final class Evicting extends QueuedThreadPool {
        Evicting() {
            super(2, 2);
        }

        @Override
        protected boolean evict() {
            return false;
        }
    }
}
