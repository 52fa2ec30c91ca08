// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

/** What the control loop does in one cell of the state x command table. */
enum Step {
    /** Nothing: the command means nothing here. */
    IGNORE,
    /** Keep it, once, until the loop is idle again. */
    REMEMBER,
    /** The agent is armed: begin with what was remembered. */
    BEGIN,
    /** See whether a stop that came before the agent was armed has waited too long. */
    START_ON,
    /** Begin to take up changed classes. */
    TAKE_UP,
    /** Begin to roll, or refuse. */
    TAKEN,
    /** Say so if taking up classes takes long. */
    TAKE_ON,
    /** Retire what can be retired; end the reload when none is left or mercy has passed. */
    ROLL_ON,
    /** The verdict, or the reload that had to wait for it. */
    SETTLED,
    /** Begin to put back what the last change replaced. */
    ROLL_BACK,
    /** See whether the last change has failed, and roll it back. */
    GIVE_UP,
    /** Retire workers that an earlier reload had to leave behind. */
    CATCH_UP,
    /** Begin to drain. */
    DRAIN,
    /** Look whether all is idle, or the deadline has passed. */
    DRAIN_ON,
    /** Tell those who asked what the state is. */
    ANSWER,
    /** Begin a new log file. */
    REOPEN,
    /** Begin to leave the process, or refuse. */
    DETACH,
    /** Take back what was done to the process once no worker is on its way out of its pool. */
    DETACH_ON,
    /** Say why the agent stays. */
    STAY,
    /** The last turn of the loop. */
    LEAVE,
    /** Say that nothing is reloaded any more. */
    DECLINE,
    /** Stop waiting: shutdown hooks, then status 143. */
    EXIT_NOW,
    /** Stop waiting for the shutdown hooks too. */
    HALT
}
