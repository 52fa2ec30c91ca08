// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;

/**
 * Slot transfer in a fork-join pool: the successor takes over the leaving worker's share of the counts in ctl, which do
 * not change, and looks through all queues before it waits. Runs on the leaving worker's thread, which is awake, holds
 * a permit and neither a task nor any in its own queue.
 */
final class ForkJoinTransfer {
    private final ForkJoinAccess access;
    private final Threads threads;

    ForkJoinTransfer(ForkJoinAccess access, Threads threads) {
        this.access = access;
        this.threads = threads;
    }

    /** True if the successor is started: the current thread must leave. False: it must serve on. */
    boolean make(ForkJoinRoll roll, Slot slot) {
        slot.enter(Slot.Phase.LEAVING);
        // Left behind by a task; the pool itself would clear it before the worker waits.
        boolean interrupted = Thread.interrupted();
        boolean moved = false;
        try {
            moved = start(roll, slot);
        } catch (Throwable t) {
            roll.stop("its worker could not be replaced: " + t.getClass().getName());
        } finally {
            slot.enter(moved ? Slot.Phase.MOVED : Slot.Phase.BEHIND);
            if (!moved && interrupted) {
                slot.thread.interrupt();
            }
        }
        return moved;
    }

    private boolean start(ForkJoinRoll roll, Slot slot) {
        ForkJoinPool pool = roll.forkJoinPool();
        ForkJoinWorkerThread successor;
        try {
            successor = threads.births().bear(each -> access.newThread((ForkJoinPool) each), pool);
        } catch (Throwable t) {
            roll.stop("its thread factory threw " + t.getClass().getName());
            return false;
        }
        if (successor == null) {
            roll.stop("its thread factory returned null");
            return false;
        }
        if (successor.getState() != Thread.State.NEW) {
            roll.stop("its thread factory returned a thread that was already started");
            return false;
        }
        if (access.poolOf(successor) != pool) {
            roll.stop("its thread factory returned another pool's thread");
            return false;
        }
        threads.access().copyAccess(slot.thread, successor);
        return start(roll, successor);
    }

    private boolean start(ForkJoinRoll roll, ForkJoinWorkerThread successor) {
        roll.permits().await(successor);
        try {
            access.start(roll.forkJoinPool(), successor);
            return true;
        } catch (Throwable t) {
            roll.stop("its new thread did not start: " + t.getClass().getName());
            if (successor.getState() != Thread.State.NEW) {
                // An overridden start() threw after the thread had begun: the successor serves.
                return true;
            }
            roll.permits().cease(successor);
            return false;
        }
    }
}
