// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.ArrayList;
import java.util.List;

/** The roll of one executor. The control thread wakes idle workers; each worker replaces itself. */
final class ExecutorRoll extends SlotRoll {
    /** Long, as a pool that is passed over keeps the old code; short, as the control thread waits. */
    private static final long LOCK_MILLIS = 500;

    private final ExecutorKind kind;
    private final ExecutorAccess access;
    private final Strays strays;
    private final IdleWaker waker;
    /** Control thread only. */
    private int cursor;

    ExecutorRoll(ExecutorKind kind, Object pool) {
        super(pool, kind.ledger(), kind::wake, kind.batch());
        this.kind = kind;
        this.access = kind.access();
        this.strays = new Strays(kind);
        this.waker = new IdleWaker(access);
    }

    /** The roll of a slot that was found in the executors' ledger. */
    static ExecutorRoll of(Slot slot) {
        return (ExecutorRoll) slot.roll;
    }

    /** What the current thread, which is behind and without a task, shall do: true to leave. */
    boolean retire(Slot slot) {
        if (!open() || access.heldBy(slot.worker, slot.thread)) {
            return false;
        }
        if (!kind.askedByGetTask() || !permits().take()) {
            return false;
        }
        // Closing reads the permits after it has set the flag, so one of the two sees the other.
        if (!stopped() && kind.transfer().make(slot)) {
            return true;
        }
        giveBack();
        return false;
    }

    /** The current thread is out of its pool. */
    void left(Slot slot) {
        boolean clear = slot.phase() == Slot.Phase.MOVED || (slot.woken && running());
        gone(slot);
        if (clear) {
            // User code around the worker's run method must not see an interrupt that was meant for an idle worker.
            Thread.interrupted();
        }
    }

    /** The current thread, which may be a successor that is awaited here, asks for work. */
    void asks(Thread thread) {
        if (permits().awaits(thread) && kind.askedByGetTask()) {
            arrived(thread);
        }
    }

    /** Makes a worker that is in no books leave without touching them. */
    void expel(Thread thread, Object worker) {
        strays.expel(new Slot(this, thread, worker, Slot.Phase.MOVED));
    }

    ExecutorAccess access() {
        return access;
    }

    @Override
    List<Slot> all() {
        List<Slot> all = new ArrayList<>();
        if (!access.tryMainLock(pool(), LOCK_MILLIS)) {
            stop("its lock is held by another thread");
            return all;
        }
        try {
            for (Object worker : access.workers(pool())) {
                Thread thread = access.thread(worker);
                if (thread != null) {
                    all.add(slot(thread, worker));
                }
            }
        } finally {
            access.mainLock(pool()).unlock();
        }
        return all;
    }

    @Override
    void wakeIdle(Slot[] all, int count) {
        cursor = waker.wake(pool(), all, cursor, count);
    }

    @Override
    boolean busy(Slot slot) {
        return access.heldBy(slot.worker, slot.thread);
    }

    @Override
    long completed(Slot slot) {
        return access.workerCompleted(slot.worker);
    }

    @Override
    boolean running() {
        return access.running(pool());
    }

    @Override
    Iterable<Slot> strays() {
        return strays.slots();
    }

    @Override
    boolean atRest() {
        return strays.gone();
    }

    @Override
    boolean over() {
        // Until then the pool must be found in the ledger, or what it refuses is not put down to the roll.
        return !permits().gapOpen();
    }
}
