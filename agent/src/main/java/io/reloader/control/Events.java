// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

/**
 * Told of all that happens, as facts, where the {@link Journal} is told lines. Called on the control thread, or, where it
 * says so, on the thread that takes classes up, which the control thread starts; never throws, and returns at once.
 */
public interface Events {
    /** Where nobody wants to know. */
    Events NONE = new Events() {};

    /** A command has been taken from the inbox in this state; ticks and questions are not told. */
    default void heard(Command command, State state) {}

    /** A reload or a rollback of this number has begun. */
    default void begun(int number, Command command) {}

    /**
     * A reload is about to look for changed classes, for the first time. On the thread that takes classes up, which it may
     * keep waiting for a while.
     */
    default void preparing(int number, Command command) {}

    /** From here on it is at this. On the control thread or on the one that takes classes up. */
    default void phase(Phase phase) {}

    /** On the thread that takes classes up. */
    default void changed(ClassChange change) {}

    default void retired(Retired worker) {}

    /** What has begun has ended. {@code changed}: how many classes have other code than before. */
    default void ended(Verdict verdict, int changed) {}

    /** A stop has ended: the JVM exits with this status. {@code busy}: how many workers are still at work. */
    default void drained(int status, int busy) {}
}
