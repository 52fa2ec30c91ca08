// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One pool, opened for a look or a roll; holds it strongly, so it is not kept. Used on the control thread. */
interface Pool {

    Object identity();

    List<Thread> threads();

    /** Why pools of this kind run background work whatever their name; empty if they may do either. */
    default Optional<String> background() {
        return Optional.empty();
    }

    /** Why pools of this kind serve requests whatever their name; empty if they may do either. */
    default Optional<String> serving() {
        return Optional.empty();
    }

    /** Whether its workers keep their threads. */
    default boolean pinned() {
        return pin() != null;
    }

    /** Why its workers keep their threads; null if they do not. */
    default @Nullable String pin() {
        return null;
    }

    /** How many tasks wait in its queue, those that are due later included; -1 if it does not tell. */
    default int waiting() {
        return -1;
    }

    /** What each worker does now. */
    default List<WorkerLook> workers() {
        List<Thread> busy = busy();
        List<WorkerLook> all = new ArrayList<>();
        for (Thread thread : threads()) {
            all.add(new WorkerLook(thread, busy.contains(thread), -1));
        }
        return all;
    }

    /** Whether it has work now, and how much it has done. */
    PoolLook look();

    /** Whether it runs tasks at intervals, so that the count of what it has done never stands still. */
    default boolean recurs() {
        return false;
    }

    /** The threads that hold a unit of work. */
    List<Thread> busy();

    /**
     * Puts every worker that lives now behind and begins to replace them; also those that begin to run later on a
     * thread with an id up to this one. A roll of this pool that is open, whoever asked for it, becomes this one.
     */
    PoolRoll roll(long lastOldThread);
}
