// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

/** The ways by which work comes in from outside: the application's listening sockets and their connections. */
public interface Intake {
    /** Of a process whose sockets cannot be reached; it serves on until it exits. */
    Intake UNREACHED = new Unreached();

    /** How many connections have come since the process began, as far as was seen. Control thread only. */
    long arrivals();

    /**
     * Begins to let nothing new in: what has reached the accept queues is still accepted and answered, and a
     * connection ends after the answer it waits for. Called once, on the control thread; returns at once.
     */
    void stop();

    /**
     * Whether, after {@link #stop}, nothing new comes in and no connection waits for an answer. Asked only while no worker
     * is at work, so those that have their answer may be ended. Control thread only.
     */
    boolean idle();

    /**
     * The same, while no worker does more than read: whether that can only be the next request of a caller, and not the
     * reply to one that the application has made itself. Control thread only.
     */
    default boolean idleButForReaders() {
        return false;
    }

    /** The connections that {@link #idle} waits for. Control thread only. */
    int open();

    /** Where nothing can be closed, nothing is waited for. */
    final class Unreached implements Intake {
        private Unreached() {}

        @Override
        public long arrivals() {
            return 0;
        }

        @Override
        public void stop() {}

        @Override
        public boolean idle() {
            return true;
        }

        @Override
        public int open() {
            return 0;
        }
    }
}
