// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * How many workers of a pool may be missing at once. A permit is held from the moment a worker begins to leave until
 * its successor asks for work. Taken and given back by workers; checked by the control thread.
 */
final class Permits {
    /**
     * How long after a worker was woken, or its successor asked for work, a refused task is still put down to that: on
     * a loaded machine either takes its time from there to where it holds a permit, or waits in the queue.
     */
    private static final long AFTERMATH = 5_000_000;

    private final Ledger<?> ledger;
    private final int size;
    private final AtomicInteger free;
    private final AtomicReferenceArray<@Nullable Thread> awaited;
    /** Written by whoever gives a permit back, and by the control thread as it wakes a worker. */
    private volatile long gapEnd = System.nanoTime() - AFTERMATH;

    Permits(Ledger<?> ledger, int size) {
        this.ledger = ledger;
        this.size = size;
        free = new AtomicInteger(size);
        awaited = new AtomicReferenceArray<>(size);
    }

    int free() {
        return free.get();
    }

    boolean allFree() {
        return free.get() == size;
    }

    boolean gapOpen() {
        return !allFree() || System.nanoTime() - gapEnd < AFTERMATH;
    }

    /** A worker that waited in the queue is about to leave it. */
    void woke() {
        gapEnd = System.nanoTime();
    }

    boolean take() {
        for (int n = free.get(); n > 0; n = free.get()) {
            if (free.compareAndSet(n, n - 1)) {
                return true;
            }
        }
        return false;
    }

    void giveBack() {
        gapEnd = System.nanoTime();
        free.incrementAndGet();
    }

    /** Called by the holder of a permit, so that there is room. */
    void await(Thread successor) {
        ledger.awaited(1);
        for (int i = 0; ; i = (i + 1) % size) {
            if (awaited.compareAndSet(i, null, successor)) {
                return;
            }
        }
    }

    boolean awaits(Thread thread) {
        for (int i = 0; i < size; i++) {
            if (awaited.get(i) == thread) {
                return true;
            }
        }
        return false;
    }

    /** Whether this thread was awaited; nobody else is told so. */
    boolean cease(Thread successor) {
        for (int i = 0; i < size; i++) {
            if (awaited.get(i) == successor && awaited.compareAndSet(i, successor, null)) {
                ledger.awaited(-1);
                return true;
            }
        }
        return false;
    }

    /** A successor that has ended without ever asking for work, or null. */
    @Nullable
    Thread stillborn() {
        for (int i = 0; i < size; i++) {
            Thread thread = awaited.get(i);
            // A thread that is being started by its predecessor is not alive yet.
            if (thread != null && thread.getState() == Thread.State.TERMINATED) {
                return thread;
            }
        }
        return null;
    }
}
