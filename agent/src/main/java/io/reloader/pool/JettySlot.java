// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import org.jspecify.annotations.Nullable;

/**
 * A worker's place in a roll of Jetty's pool, which has no lock that says whether a worker has a job. The monitor stands
 * in for it: the control thread interrupts only under it, and a worker passes through it on its way to each job.
 * {@link #woken} says whether an interrupt is on its way to it.
 */
final class JettySlot extends Slot {
    /** Whether it waits for a job. Written by the worker under the monitor. */
    private boolean polling;

    /** Whether a hook has seen it, so that {@link #polling} can be relied on. Written by the worker under the monitor. */
    private boolean met;

    /** Since when it runs its job, by {@link System#nanoTime}; 0 if it has none. Written by the worker. */
    volatile long jobSince;

    /** Whether the last hook it passed was the end of a job. The worker's own. */
    boolean afterJob;

    /** The selector's producer that it has stopped and that must be dispatched anew. Under the monitor. */
    private @Nullable Object stopped;

    /** Whether {@link #stopped} was there at the last look already. Control thread only. */
    boolean overdue;

    /** Why it is not replaced, if it is not. Written by the control thread. */
    volatile @Nullable String pinned;

    /** When its stack was looked at last; 0 if it may be at once. Control thread only. */
    long looked;

    /** How often it was tried to free it from a job that waits. Control thread only. */
    int freed;

    JettySlot(JettyRoll roll, Thread thread) {
        super(roll, thread, thread, Phase.BEHIND);
    }

    /** Of a slot that was found in the ledger of this family. */
    JettyRoll jettyRoll() {
        return (JettyRoll) roll;
    }

    /** The worker is about to wait for a job. */
    synchronized void polls() {
        polling = phase() == Phase.BEHIND;
    }

    /** The worker passes a hook without waiting for a job: from here on nobody interrupts it. */
    synchronized void absorb() {
        met = true;
        polling = false;
        if (woken) {
            woken = false;
            // Jetty itself clears the flag after each job, so no interrupt of its own is lost that it would heed.
            Thread.interrupted();
        }
    }

    /**
     * Makes a worker that waits for a job ask for one anew. Control thread.
     *
     * @param seen whether its stack was seen to wait; counts only until a hook has met it
     */
    synchronized boolean wake(boolean seen) {
        if (phase() != Phase.BEHIND || woken || !(polling || (seen && !met))) {
            return false;
        }
        woken = true;
        thread.interrupt();
        return true;
    }

    synchronized void stop(Object producer) {
        stopped = producer;
    }

    synchronized boolean hasStopped() {
        return stopped != null;
    }

    /** The producer that it has stopped, for the one that will dispatch it. */
    synchronized @Nullable Object takeStopped() {
        Object taken = stopped;
        stopped = null;
        return taken;
    }

    /** For the operator. Whatever the job leaves of it is absorbed before the next one begins. Control thread. */
    synchronized boolean interruptJob() {
        if (phase() != Phase.BEHIND || polling || woken) {
            return false;
        }
        woken = true;
        thread.interrupt();
        return true;
    }

    /** Whether it must pass another hook before it may be forgotten. */
    synchronized boolean underWay() {
        return (woken || stopped != null) && thread.isAlive();
    }

    /** Whether only its stack can tell what it does. */
    synchronized boolean settledInJob() {
        return !polling && !woken;
    }
}
