// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.concurrent.ForkJoinWorkerThread;

/** The place of one worker of a fork-join pool that is behind. Its own thread moves it on. */
final class ForkJoinSlot extends Slot {
    /** Whether a throw may take it out of its loop without any code of the application's seeing that. */
    final boolean unwinds;

    /** When it was woken last, by {@link System#nanoTime}; 0 once it has come by. Written by control and the worker. */
    volatile long wokenAt;

    /** @param queue the worker's own: what its tasks fork */
    ForkJoinSlot(ForkJoinRoll roll, ForkJoinWorkerThread thread, Object queue, boolean unwinds) {
        super(roll, thread, queue, Phase.BEHIND);
        this.unwinds = unwinds;
    }

    /** Of a slot that was found in the ledger of this family. */
    ForkJoinRoll forkJoinRoll() {
        return (ForkJoinRoll) roll;
    }
}
