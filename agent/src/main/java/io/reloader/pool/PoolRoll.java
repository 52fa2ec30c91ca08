// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

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

    int rolled();

    /** Nanoseconds from the begin to the last replacement. */
    long nanos();

    /** Why the roll stopped for good, if it did. */
    Optional<String> trouble();

    /** The workers that are still behind, longest-serving unit of work first. */
    List<Thread> behind();

    /** No further worker retires; those on their way out still leave properly. */
    void close();
}
