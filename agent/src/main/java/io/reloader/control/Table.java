// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

import static io.reloader.control.Step.*;

/** The state x command table; every cell is written out. */
final class Table {
    private static final Command[] COLUMNS = {
        Command.READY, Command.RELOAD_WORKERS, Command.RELOAD_TASKS, Command.TAKEN_UP, Command.TICK, Command.STOP
    };
    private static final Step[][] ROWS = {
        // READY  RELOAD_WORKERS  RELOAD_TASKS  TAKEN_UP  TICK  STOP
        row(State.STARTING, BEGIN, REMEMBER, REMEMBER, IGNORE, START_ON, REMEMBER),
        row(State.IDLE, IGNORE, TAKE_UP, TAKE_UP, IGNORE, CATCH_UP, DRAIN),
        row(State.TAKING_UP, IGNORE, REMEMBER, REMEMBER, TAKEN, TAKE_ON, DRAIN),
        row(State.ROLLING, IGNORE, REMEMBER, REMEMBER, IGNORE, ROLL_ON, DRAIN),
        row(State.DRAINING, IGNORE, DECLINE, DECLINE, IGNORE, DRAIN_ON, EXIT_NOW),
        row(State.EXITING, IGNORE, DECLINE, DECLINE, IGNORE, IGNORE, HALT),
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
