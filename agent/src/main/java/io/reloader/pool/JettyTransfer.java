// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.Set;

/**
 * Slot transfer in Jetty's pool: the worker that leaves puts its successor into its place, counts included, so that the
 * pool notices nothing. Runs on the leaving worker's thread, between two jobs, holding a permit.
 */
final class JettyTransfer {
    private final JettyAccess access;
    private final Threads threads;

    JettyTransfer(JettyAccess access, Threads threads) {
        this.access = access;
        this.threads = threads;
    }

    /** True if the successor is in place and started: the current thread must leave. False: it must serve on. */
    boolean make(Slot slot) {
        SlotRoll roll = slot.roll;
        slot.enter(Slot.Phase.LEAVING);
        boolean moved = false;
        try {
            moved = access.running(roll.pool()) && install(slot, roll);
        } catch (Throwable t) {
            roll.stop("its worker could not be replaced: " + t.getClass().getName());
        } finally {
            slot.enter(moved ? Slot.Phase.MOVED : Slot.Phase.BEHIND);
        }
        return moved;
    }

    private boolean install(Slot slot, SlotRoll roll) {
        Thread successor;
        try {
            successor = threads.births().bear(access::newThread, roll.pool());
        } catch (Throwable t) {
            roll.stop("its thread factory threw " + t.getClass().getName());
            return false;
        }
        if (successor == null) {
            roll.stop("its thread factory returned null");
            return false;
        }
        Set<Thread> members = access.threads(roll.pool());
        if (successor.getState() != Thread.State.NEW) {
            roll.stop("its thread factory returned a thread that was already started");
            // It serves already: as a worker more, it is at least in the books.
            members.add(successor);
            access.countIn(roll.pool());
            return false;
        }
        threads.access().copyAccess(slot.thread, successor);
        members.add(successor);
        members.remove(slot.thread);
        return start(slot, roll, successor);
    }

    private boolean start(Slot slot, SlotRoll roll, Thread successor) {
        roll.permits().await(successor);
        try {
            successor.start();
            return true;
        } catch (Throwable t) {
            roll.stop("its new thread did not start: " + t.getClass().getName());
            if (successor.getState() != Thread.State.NEW) {
                // An overridden start() threw after the thread had begun: the successor serves.
                return true;
            }
            boolean ignored = roll.permits().cease(successor);
            Set<Thread> members = access.threads(roll.pool());
            members.add(slot.thread);
            members.remove(successor);
            return false;
        }
    }
}
