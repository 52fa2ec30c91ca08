// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The application's classes, as the control loop sees them. */
public interface Code {

    /**
     * Finds the classes that changed since they were loaded and applies them in one batch, or applies none.
     * Called on a short-lived thread of the control loop, never twice at once; may take seconds.
     */
    TakeUp takeUp();

    /**
     * Puts back what the last change replaced that is kept and was not rolled back, in one batch, or nothing. While threads
     * run the code before that change, those that run it go over to the code before it, as {@link #keep} and
     * {@link #settle} tell. Called as {@link #takeUp} is.
     */
    TakeUp rollBack();

    /** What the code of the last change was seen to fail with, and the code before it not. Any thread. */
    Optional<Failure> failure();

    /** Ends the watch over the last change: its code is what later changes are compared with. Control thread. */
    void trust();

    /**
     * What {@link #takeUp} would do now, by the same steps up to the first that changes anything. Any thread that may wait
     * for what is under way.
     */
    Findings check();

    /** The classes that do not run what they were loaded with, by name. Any thread that may wait for what is under way. */
    List<ClassStatus> classes();

    /** How many changes can be rolled back. Any thread. */
    int rollbacks();

    /** Whether threads that were there before the last change may still run the code before it. Control thread. */
    boolean unsettled();

    /**
     * Of the threads that run the code that goes (the old, or, in a rollback, the new), only these do so any longer; how
     * many they are. Returns at once. Control thread.
     */
    int keep(Collection<Thread> old);

    /** Has every thread run the code that stays, and drops the other. Called as {@link #takeUp} is. */
    void settle();
}
