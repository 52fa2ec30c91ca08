// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import io.reloader.control.Pinned;
import java.util.List;
import java.util.Optional;

/** The roll of one pool, under way. Called on the control thread; the workers themselves do the replacing. */
interface PoolRoll {

    Object pool();

    /** Wakes idle workers that may be replaced now; returns at once. */
    void advance();

    /** Whether nothing is left to do, or nothing can be done, and no worker is on its way out or in. */
    boolean finished();

    int workers();

    /** How many have been replaced. */
    default int rolled() {
        return 0;
    }

    /** Nanoseconds from the begin to the last replacement; 0 of threads that stay. */
    default long nanos() {
        return 0;
    }

    /** The workers that are gone since this was asked last. */
    default List<Departure> departures() {
        return List.of();
    }

    /** Why the roll stopped for good, if it did. */
    default Optional<String> trouble() {
        return Optional.empty();
    }

    /** The workers that are still behind, longest-serving unit of work first. */
    List<Thread> behind();

    /** Workers that keep their threads, and why. */
    default Pinned pinned() {
        return Pinned.NONE;
    }

    /** Whether each worker lives for one unit of work, and is waited for instead of replaced. */
    default boolean fresh() {
        return false;
    }

    /** For how many nanoseconds at least the unit of work of a worker that is behind has lasted; 0 if not known. */
    default long age(Thread behind) {
        return 0;
    }

    /** Interrupts a worker that is behind, for the operator; false if it has no unit of work any more. */
    default boolean interrupt(Thread behind) {
        behind.interrupt();
        return true;
    }

    /** A worker that is gone: its thread's name, and how many nanoseconds after the roll's begin. */
    record Departure(String thread, long nanos) {}

    /** No further worker retires; those on their way out still leave properly. */
    void close();
}
