// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

/** Where the control loop is. */
public enum State {
    /** The agent is still arming itself. */
    STARTING,
    /** Nothing is under way. */
    IDLE,
    /** A reload reads, checks and applies changed classes. */
    TAKING_UP,
    /** A reload replaces workers. */
    ROLLING,
    /** A reload has replaced the last worker that ran the old code, and drops that. */
    SETTLING,
    /** Waiting for work in flight to finish. */
    DRAINING,
    /** The JVM's shutdown has been asked for. */
    EXITING,
    /** The agent takes back what it did to the process. */
    DETACHING,
    /** The agent has left: nobody hears a command any more. */
    DETACHED
}
