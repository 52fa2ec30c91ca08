// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.concurrent.ForkJoinWorkerThread;

/** The place of one worker of a fork-join pool that is behind. Its own thread moves it on; nobody ever interrupts it. */
final class ForkJoinSlot {
    final ForkJoinWorkerThread thread;
    /** The worker's own queue: what its tasks fork. */
    final Object queue;
    /** Whether a throw may take it out of its loop without any code of the application's seeing that. */
    final boolean unwinds;

    /** Written by the worker's own thread; by the control thread once that is dead. */
    volatile Slot.Phase phase = Slot.Phase.BEHIND;

    /** When it was woken last, by {@link System#nanoTime}; 0 once it has come by. Written by control and the worker. */
    volatile long wokenAt;

    /** Since when, by {@link System#nanoTime}, it is seen with the same task; 0 if without. Control thread only. */
    long busySince;

    /** How many tasks it had taken then. Control thread only. */
    int takenThen;

    ForkJoinSlot(ForkJoinWorkerThread thread, Object queue, boolean unwinds) {
        this.thread = thread;
        this.queue = queue;
        this.unwinds = unwinds;
    }

    boolean gone() {
        return phase == Slot.Phase.GONE;
    }

    boolean onTheWay() {
        Slot.Phase now = phase;
        return now == Slot.Phase.LEAVING || now == Slot.Phase.MOVED;
    }
}
