// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

import java.util.List;

/**
 * The replacement of a set of workers, under way. It converges: each call of {@link #advance} does what can be done
 * now and returns at once, and repeating it is harmless. Called on the control thread only.
 */
public interface Roll {

    /** Retires what may be retired now. */
    void advance();

    /** Whether every worker that was behind has been replaced or has left, or can never be (see {@link PoolState}). */
    boolean finished();

    /** One entry for each pool, in the order of discovery. */
    List<PoolState> pools();

    /** The workers that are still behind, longest-serving unit of work first. */
    List<Laggard> behind();

    /** Gives up what is left; workers that are behind stay as they are. After a finished roll, does nothing. */
    void close();
}
