// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

import static io.reloader.control.Step.*;

/** The state x command table; every cell is written out. */
final class Table {
    private static final Command[] COLUMNS = {
        Command.READY,
        Command.RELOAD_WORKERS,
        Command.RELOAD_TASKS,
        Command.ROLL_BACK,
        Command.FAILED,
        Command.TAKEN_UP,
        Command.SETTLED,
        Command.TICK,
        Command.ANSWER,
        Command.REOPEN_LOG,
        Command.DETACH,
        Command.DETACHED,
        Command.STOP
    };
    private static final Step[][] ROWS = {
        // READY  RELOAD_WORKERS  RELOAD_TASKS  ROLL_BACK  FAILED  TAKEN_UP  SETTLED  TICK  ANSWER  REOPEN_LOG  DETACH
        // DETACHED  STOP
        row(
                State.STARTING,
                BEGIN,
                REMEMBER,
                REMEMBER,
                REMEMBER,
                IGNORE,
                IGNORE,
                IGNORE,
                START_ON,
                ANSWER,
                REOPEN,
                REMEMBER,
                IGNORE,
                REMEMBER),
        row(
                State.IDLE,
                IGNORE,
                TAKE_UP,
                TAKE_UP,
                ROLL_BACK,
                GIVE_UP,
                IGNORE,
                IGNORE,
                CATCH_UP,
                ANSWER,
                REOPEN,
                DETACH,
                IGNORE,
                DRAIN),
        row(
                State.TAKING_UP,
                IGNORE,
                REMEMBER,
                REMEMBER,
                REMEMBER,
                REMEMBER,
                TAKEN,
                IGNORE,
                TAKE_ON,
                ANSWER,
                REOPEN,
                STAY,
                IGNORE,
                DRAIN),
        row(
                State.ROLLING,
                IGNORE,
                REMEMBER,
                REMEMBER,
                ROLL_BACK,
                GIVE_UP,
                IGNORE,
                IGNORE,
                ROLL_ON,
                ANSWER,
                REOPEN,
                STAY,
                IGNORE,
                DRAIN),
        row(
                State.SETTLING,
                IGNORE,
                REMEMBER,
                REMEMBER,
                REMEMBER,
                REMEMBER,
                IGNORE,
                SETTLED,
                IGNORE,
                ANSWER,
                REOPEN,
                STAY,
                IGNORE,
                DRAIN),
        row(
                State.DRAINING,
                IGNORE,
                DECLINE,
                DECLINE,
                DECLINE,
                IGNORE,
                IGNORE,
                IGNORE,
                DRAIN_ON,
                ANSWER,
                REOPEN,
                STAY,
                IGNORE,
                EXIT_NOW),
        row(
                State.EXITING,
                IGNORE,
                DECLINE,
                DECLINE,
                DECLINE,
                IGNORE,
                IGNORE,
                IGNORE,
                IGNORE,
                ANSWER,
                REOPEN,
                STAY,
                IGNORE,
                HALT),
        row(
                State.DETACHING,
                IGNORE,
                REMEMBER,
                REMEMBER,
                REMEMBER,
                REMEMBER,
                IGNORE,
                IGNORE,
                DETACH_ON,
                ANSWER,
                REOPEN,
                IGNORE,
                LEAVE,
                REMEMBER),
        row(
                State.DETACHED,
                IGNORE,
                IGNORE,
                IGNORE,
                IGNORE,
                IGNORE,
                IGNORE,
                IGNORE,
                IGNORE,
                IGNORE,
                IGNORE,
                IGNORE,
                IGNORE,
                IGNORE),
    };

    private Table() {}

    static Step step(State state, Command command) {
        return ROWS[state.ordinal()][command.ordinal()];
    }

    private static Step[] row(State state, Step... steps) {
        if (steps.length != COLUMNS.length) {
            throw new IllegalArgumentException(state + " has " + steps.length + " cells");
        }
        Step[] row = new Step[COLUMNS.length];
        for (int i = 0; i < steps.length; i++) {
            row[COLUMNS[i].ordinal()] = steps[i];
        }
        return row;
    }
}
