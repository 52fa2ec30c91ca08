// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

/** What the control loop can be told. Equal pending commands are one. */
public enum Command {
    /** The agent has finished its start; sent once by itself. */
    READY,
    /** Take up changed classes, roll the worker pools. */
    RELOAD_WORKERS,
    /** Take up changed classes, roll the task pools. */
    RELOAD_TASKS,
    /** The classes of the reload under way were applied or refused. */
    TAKEN_UP,
    /** Time has passed, or a worker has been replaced. */
    TICK,
    /** Finish what is in flight, then exit; the second one exits at once. */
    STOP
}
