// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

import org.jspecify.annotations.Nullable;

/** How the agent leaves the process, which lives on. Called on the control thread, but for {@link #undo}. */
public interface Departure {

    /** What of this process cannot be undone while it lives, with the remedy; null if all can. */
    @Nullable
    String obstacle();

    /** Asks workers nothing more; whether none is on its way out of its pool. Called until it is true. */
    boolean ready();

    /**
     * Takes back what was done to the process, last thing first; what cannot be taken back is told. Called once, on a
     * short-lived thread; nothing escapes.
     */
    void undo();

    /** Tells who asked that the agent stays, and why. */
    void refused(String reason);

    /** Tells who asked that the agent has left. The last call. */
    void left();
}
