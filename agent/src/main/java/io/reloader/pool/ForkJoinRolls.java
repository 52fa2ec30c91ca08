// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ReloaderForkJoinHooks;
import org.jspecify.annotations.Nullable;

/**
 * The rolls of fork-join pools that are open, or closed with workers still on their way. Asked by every worker for every
 * task while there is one; changed by the control thread, and by the last worker that leaves a closed roll.
 */
final class ForkJoinRolls {
    /** Never changed once published. Written under the monitor. */
    private volatile ForkJoinRoll[] rolls = {};

    @Nullable
    ForkJoinRoll find(ForkJoinPool pool) {
        for (ForkJoinRoll each : rolls) {
            if (each.pool() == pool) {
                return each;
            }
        }
        return null;
    }

    boolean none() {
        return rolls.length == 0;
    }

    /** A thread must never be in two rolls, so the next roll of a pool goes on with the one that is there. */
    synchronized ForkJoinRoll open(ForkJoinKind kind, ForkJoinPool pool) {
        ForkJoinRoll former = find(pool);
        if (former != null) {
            former.reopen();
            return former;
        }
        ForkJoinRoll roll = new ForkJoinRoll(kind, pool);
        List<ForkJoinRoll> all = new ArrayList<>(List.of(rolls));
        all.add(roll);
        publish(all);
        return roll;
    }

    /** Forgets closed rolls from which nobody is on the way. */
    synchronized void sweep() {
        List<ForkJoinRoll> open = new ArrayList<>();
        for (ForkJoinRoll each : rolls) {
            if (!each.closed() || !each.settled()) {
                open.add(each);
            }
        }
        publish(open);
    }

    private void publish(List<ForkJoinRoll> open) {
        rolls = open.toArray(new ForkJoinRoll[0]);
        // Off only when nobody is under way: a thread that has moved must be asked until it is out.
        ReloaderForkJoinHooks.rolling = !open.isEmpty();
    }
}
