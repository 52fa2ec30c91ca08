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
    /** Put back what the last reload that changed a class replaced, and roll the pools. */
    ROLL_BACK,
    /** The code of the last reload has failed. */
    FAILED,
    /** The classes of the reload under way were applied or refused. */
    TAKEN_UP,
    /** The old code of the reload under way was dropped. */
    SETTLED,
    /** Time has passed, or a worker has been replaced. */
    TICK,
    /** Somebody has asked what the state is. */
    ANSWER,
    /** Begin a new log file: the old one has been renamed. */
    REOPEN_LOG,
    /** Leave the process, which lives on without the agent. */
    DETACH,
    /** What the agent did to the process is undone. */
    DETACHED,
    /** Finish what is in flight, then exit; the second one exits at once. */
    STOP;

    /** Whether it is more than a word among the agent's own threads. */
    boolean fromOutside() {
        return switch (this) {
            case RELOAD_WORKERS, RELOAD_TASKS, ROLL_BACK, FAILED, REOPEN_LOG, DETACH, STOP -> true;
            case READY, TAKEN_UP, SETTLED, TICK, ANSWER, DETACHED -> false;
        };
    }
}
