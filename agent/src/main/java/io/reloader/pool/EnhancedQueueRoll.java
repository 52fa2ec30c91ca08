// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * The roll of one EnhancedQueueExecutor. Idle workers are unparked, never interrupted; each withdraws its node from the
 * queue, so that no task can be given to it, and then replaces itself.
 */
final class EnhancedQueueRoll extends SlotRoll {
    private final EnhancedQueueKind kind;
    private final EnhancedQueueAccess access;
    private final EnhancedQueueTransfer transfer;
    // Control thread only.
    private IdentityHashMap<Thread, Object> waiting = new IdentityHashMap<>();
    private int cursor;

    EnhancedQueueRoll(EnhancedQueueKind kind, Object pool) {
        super(pool, kind.ledger(), kind.tools().wake(), kind.tools().batch());
        this.kind = kind;
        access = kind.access();
        transfer = new EnhancedQueueTransfer(access, kind.tools().threads());
    }

    /** The roll of a slot that was found in the ledger of this family. */
    static EnhancedQueueRoll of(Slot slot) {
        return (EnhancedQueueRoll) slot.roll;
    }

    EnhancedQueueAccess access() {
        return access;
    }

    /** What the current thread, which looks for a task without having one, shall do: true to leave. */
    boolean retireLooking(Slot slot) {
        return !access.headLocked() && open() && kind.askedByWorkerLoop() && retire(slot);
    }

    /** The same where it has run a task and does not look for another yet. */
    boolean retireResting(Slot slot) {
        return open() && retire(slot);
    }

    private boolean retire(Slot slot) {
        if (!permits().take()) {
            return false;
        }
        // Closing reads the permits after it has set the flag, so one of the two sees the other.
        if (!stopped() && transfer.make(slot)) {
            return true;
        }
        giveBack();
        return false;
    }

    /** The same for the current thread that waits in this node; what it shall find there. */
    Runnable retireWaiting(Slot slot, Object node, Runnable found) {
        if (!open() || !permits().take()) {
            return found;
        }
        if (stopped() || !access.withdraw(node)) {
            // Withdrawing fails when a task comes: it is found at the next look.
            giveBack();
            return found;
        }
        if (transfer.make(slot)) {
            return access.exit();
        }
        giveBack();
        // The node is out of the queue for good: after a task that does nothing the worker queues again.
        return access.swap(node, access.exit(), Nothing.INSTANCE) ? Nothing.INSTANCE : found;
    }

    @Override
    List<Slot> all() {
        List<Slot> all = new ArrayList<>();
        for (Thread thread : access.running(pool())) {
            all.add(slot(thread, thread));
        }
        return all;
    }

    @Override
    void wakeIdle(Slot[] all, int count) {
        int left = count;
        for (int i = 0; i < all.length && left > 0; i++) {
            cursor = (cursor + 1) % all.length;
            Slot slot = all[cursor];
            // Parked in the pool's own code: a thread that waits in a task is not touched.
            if (slot.phase() == Slot.Phase.BEHIND && LockSupport.getBlocker(slot.thread) == pool()) {
                LockSupport.unpark(slot.thread);
                left--;
            }
        }
    }

    @Override
    void sampling() {
        waiting = EnhancedQueuePool.waiting(access, pool());
    }

    @Override
    boolean busy(Slot slot) {
        return !waiting.containsKey(slot.thread);
    }

    @Override
    boolean running() {
        return !access.shutDown(pool());
    }

    private enum Nothing implements Runnable {
        INSTANCE;

        @Override
        public void run() {}
    }
}
