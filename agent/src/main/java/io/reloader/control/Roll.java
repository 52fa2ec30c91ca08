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

    /** The workers that have been replaced, or have left by themselves, since this was asked last. */
    default List<Retired> retired() {
        return List.of();
    }

    /** What the operator should know of the choice of pools, one line each; the same at any time. */
    default List<String> remarks() {
        return List.of();
    }

    /** Interrupts the threads of the workers that are behind, each once in this roll; one entry for each of those. */
    default List<Interruption> interruptBehind() {
        return List.of();
    }

    /** Gives up what is left; workers that are behind stay as they are. After a finished roll, does nothing. */
    void close();
}
