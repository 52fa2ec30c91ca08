// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

/** Makes workers that wait for a task ask for one anew, and so find that they are behind. Control thread only. */
final class IdleWaker {
    private static final long LOCK_MILLIS = 2;

    private final ExecutorAccess access;

    IdleWaker(ExecutorAccess access) {
        this.access = access;
    }

    /** Wakes up to {@code count} workers, from the one after {@code cursor} on; returns where to go on next time. */
    int wake(Object pool, Slot[] slots, int cursor, int count) {
        if (!access.tryMainLock(pool, LOCK_MILLIS)) {
            return cursor;
        }
        try {
            int at = cursor;
            int left = count;
            for (int i = 0; i < slots.length && left > 0; i++) {
                at = (at + 1) % slots.length;
                if (wake(pool, slots[at])) {
                    left--;
                }
            }
            return at;
        } finally {
            access.mainLock(pool).unlock();
        }
    }

    /**
     * Interrupts a worker that waits for a task. Under the pool's lock, or a signal of its shutdown could be lost;
     * holding the worker's lock, so that it has no task; under the slot's monitor, so that it is not in a factory.
     */
    private boolean wake(Object pool, Slot slot) {
        if (slot.phase() != Slot.Phase.BEHIND) {
            return false;
        }
        synchronized (slot) {
            if (slot.phase() != Slot.Phase.BEHIND
                    || slot.thread.isInterrupted()
                    || !access.workers(pool).contains(slot.worker)
                    || !access.tryLock(slot.worker)) {
                return false;
            }
            try {
                slot.woken = true;
                slot.roll.permits().woke();
                slot.thread.interrupt();
            } finally {
                access.unlock(slot.worker);
            }
            return true;
        }
    }
}
