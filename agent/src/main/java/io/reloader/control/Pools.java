// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

import java.util.Collection;
import java.util.List;

/** The application's thread pools, as the control loop sees them. Called on the control thread only. */
public interface Pools {

    /**
     * Begins to replace every worker of every pool of this role; workers that live now are behind from here on.
     * A roll of the same role that is still open is superseded: its remaining workers pass to the new one.
     *
     * @param generation the reload's number
     */
    Roll roll(Role role, int generation);

    /** The threads that live in pools of this role now. */
    Collection<Thread> threads(Role role);

    /** Every pool that has threads, and what its workers do. */
    List<PoolStatus> status();

    /** Begins to look whether all pools, of both roles, have finished their work. */
    Drain drain();
}
