// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

/** The place of one worker that is behind. Its thread moves it on; the control thread reads it, and wakes it. */
class Slot {

    enum Phase {
        /** Serves on the old side; retires when it holds no task. */
        BEHIND,
        /** Makes its successor. Not to be interrupted: it may be in the application's thread factory. */
        LEAVING,
        /** Its successor is in the books; it is on the way out and must not touch them. */
        MOVED,
        /** Out, replaced or by itself. */
        GONE
    }

    final SlotRoll roll;
    final Thread thread;
    final Object worker;

    /**
     * Written by the worker's own thread (by the control thread once that is dead); leaves BEHIND under this slot's
     * monitor only, under which the control thread interrupts.
     */
    private volatile Phase phase;

    /** Whether it has been interrupted while idle. Written under the monitor. */
    volatile boolean woken;

    /**
     * Since when, by {@link System#nanoTime}, it is seen with the same task; 0 if without. Control thread only; of an
     * expelled worker, when it was expelled, before it is published.
     */
    long busySince;

    /** How many tasks it had completed then. Control thread only. */
    long completedThen;

    Slot(SlotRoll roll, Thread thread, Object worker, Phase phase) {
        this.roll = roll;
        this.thread = thread;
        this.worker = worker;
        this.phase = phase;
    }

    final Phase phase() {
        return phase;
    }

    final synchronized void enter(Phase next) {
        phase = next;
    }

    /** Whether it has begun to leave and is not out yet. */
    final boolean onTheWay() {
        Phase now = phase;
        return (now == Phase.LEAVING || now == Phase.MOVED) && thread.isAlive();
    }
}
