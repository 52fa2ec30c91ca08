// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import org.jspecify.annotations.Nullable;

/**
 * Slot transfer in an EnhancedQueueExecutor: the worker that leaves starts its successor as the pool would, and is then
 * not subtracted from the pool's size. Runs on the leaving worker's thread, without a task, holding a permit.
 */
final class EnhancedQueueTransfer {
    private final EnhancedQueueAccess access;
    private final Threads threads;

    EnhancedQueueTransfer(EnhancedQueueAccess access, Threads threads) {
        this.access = access;
        this.threads = threads;
    }

    /** True if the successor is started: the current thread must leave. False: it must serve on. */
    boolean make(Slot slot) {
        slot.enter(Slot.Phase.LEAVING);
        boolean moved = false;
        try {
            Thread successor = access.shutDown(slot.roll.pool()) ? null : bear(slot);
            moved = successor != null && start(slot, successor);
        } catch (Throwable t) {
            slot.roll.stop("its worker could not be replaced: " + t.getClass().getName());
        } finally {
            slot.enter(moved ? Slot.Phase.MOVED : Slot.Phase.BEHIND);
        }
        return moved;
    }

    private @Nullable Thread bear(Slot slot) {
        Object made;
        try {
            made = threads.births().bear(access::newWorker, slot.roll.pool());
        } catch (Throwable t) {
            slot.roll.stop("its thread factory threw " + t.getClass().getName());
            return null;
        }
        if (!(made instanceof Thread thread)) {
            slot.roll.stop("its thread factory returned null");
            return null;
        }
        if (thread.getState() != Thread.State.NEW) {
            slot.roll.stop("its thread factory returned a thread that was already started");
            return null;
        }
        threads.access().copyAccess(slot.thread, thread);
        return thread;
    }

    private static boolean start(Slot slot, Thread thread) {
        Permits permits = slot.roll.permits();
        permits.await(thread);
        try {
            thread.start();
            return true;
        } catch (Throwable t) {
            slot.roll.stop("its new thread did not start: " + t.getClass().getName());
            if (thread.getState() != Thread.State.NEW) {
                // An overridden start() threw after the thread had begun: the successor serves.
                return true;
            }
            permits.cease(thread);
            return false;
        }
    }
}
