// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.ReloaderForkJoinHooks;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the worker of a pool of one without a look at what is in its own queue, which is wrong: the positive control.
 * The successor starts when the worker is dead, so that it cannot happen to come in time for its tasks.
 */
final class NaiveForkJoinRoll implements ReloaderForkJoinHooks.Handler {
    private final ForkJoinAccess access = new ForkJoinAccess();
    private final ForkJoinWaker waker = new ForkJoinWaker(access);
    private final ForkJoinPool pool;
    private final Thread behind;
    /** Written by the worker that leaves. */
    private volatile @Nullable ForkJoinWorkerThread successor;

    NaiveForkJoinRoll(ForkJoinPool pool, Thread worker) throws ReflectiveOperationException {
        this.pool = pool;
        behind = worker;
    }

    @SuppressWarnings("StaticAssignmentInConstructor")
    void run() {
        ReloaderForkJoinHooks.Handler former = ReloaderForkJoinHooks.handler;
        ReloaderForkJoinHooks.handler = this;
        ReloaderForkJoinHooks.rolling = true;
        long start = System.nanoTime();
        while (behind.isAlive()) {
            assertThat(System.nanoTime() - start)
                    .as("nanoseconds until it has left")
                    .isLessThan(10_000_000_000L);
            waker.wake(pool, 1, queue -> access.owner(queue) == behind);
            LockSupport.parkNanos(1_000_000);
        }
        access.start(pool, requireNonNull(successor));
        ReloaderForkJoinHooks.rolling = false;
        ReloaderForkJoinHooks.handler = former;
    }

    @Override
    public int idle(ForkJoinPool asked) {
        if (asked != pool || Thread.currentThread() != behind) {
            return ReloaderForkJoinHooks.GO_ON;
        }
        successor = access.newThread(pool);
        access.drop(access.queueOf((ForkJoinWorkerThread) Thread.currentThread()));
        return ReloaderForkJoinHooks.LEAVE;
    }

    @Override
    public boolean leaves(ForkJoinPool asked) {
        return false;
    }

    @Override
    public boolean pauses() {
        return false;
    }

    @Override
    public void afterTask() {}

    @Override
    public void created(ForkJoinPool created) {}

    @Override
    public void started(ForkJoinPool of) {}

    @Override
    public void left(ForkJoinWorkerThread worker) {}

    @Override
    public void ended(ForkJoinWorkerThread worker) {}
}
