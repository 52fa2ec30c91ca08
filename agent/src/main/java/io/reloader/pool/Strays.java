// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * Workers that are in no books, because a thread factory started their threads itself: they leave without touching the
 * books of their pool. Filled by the worker whose factory did that.
 */
final class Strays {
    private final ExecutorKind kind;
    private final Queue<Slot> slots = new ConcurrentLinkedQueue<>();

    Strays(ExecutorKind kind) {
        this.kind = kind;
    }

    Iterable<Slot> slots() {
        return slots;
    }

    void expel(Slot stray) {
        stray.busySince = System.nanoTime();
        slots.add(stray);
        kind.ledger().sweep();
        // Now it leaves when it asks for its next task; if it waits for one, it has to be told.
        ExecutorAccess access = kind.access();
        if (access.tryLock(stray.worker)) {
            try {
                stray.thread.interrupt();
            } finally {
                access.unlock(stray.worker);
            }
        }
    }

    /** Whether none is left that may still ask for a task. */
    boolean gone() {
        for (Slot stray : slots) {
            if (stray.phase() != Slot.Phase.GONE && stray.thread.isAlive() && mayRun(stray)) {
                return false;
            }
        }
        return true;
    }

    /** A thread that was running before it was asked to run the worker will never do so. */
    private boolean mayRun(Slot stray) {
        return kind.access().state(stray.worker) >= 0
                || System.nanoTime() - stray.busySince < TimeUnit.SECONDS.toNanos(5);
    }
}
