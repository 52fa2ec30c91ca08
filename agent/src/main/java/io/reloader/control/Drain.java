// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

import java.util.List;

/** The wait for all work in flight to finish. Called on the control thread only. */
public interface Drain {

    /**
     * Takes one look over all pools. True once this look and the one before it, at least 10 ms earlier, both found
     * every queue empty (delayed tasks that are not due do not count), every worker parked without a task, and no
     * task completed in between. {@code getActiveCount() == 0} alone is wrong up to 2 % of the time: a task taken
     * from the queue is not counted until its worker holds its lock.
     */
    boolean idle();

    /** Whether every worker that holds a unit of work waits for a connection, or for what comes by one. */
    default boolean reading() {
        return false;
    }

    /** The workers that hold a unit of work, and one entry for each pool with queued work and no such worker. */
    List<Laggard> busy();
}
