// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableTest {

    @ParameterizedTest(name = "{0} + {1} = {2}")
    @CsvSource({
        "STARTING, READY, BEGIN",
        "STARTING, RELOAD_WORKERS, REMEMBER",
        "STARTING, RELOAD_TASKS, REMEMBER",
        "STARTING, ROLL_BACK, REMEMBER",
        "STARTING, FAILED, IGNORE",
        "STARTING, TAKEN_UP, IGNORE",
        "STARTING, SETTLED, IGNORE",
        "STARTING, TICK, START_ON",
        "STARTING, REOPEN_LOG, REOPEN",
        "STARTING, STOP, REMEMBER",
        "IDLE, READY, IGNORE",
        "IDLE, RELOAD_WORKERS, TAKE_UP",
        "IDLE, RELOAD_TASKS, TAKE_UP",
        "IDLE, ROLL_BACK, ROLL_BACK",
        "IDLE, FAILED, GIVE_UP",
        "IDLE, TAKEN_UP, IGNORE",
        "IDLE, SETTLED, IGNORE",
        "IDLE, TICK, CATCH_UP",
        "IDLE, REOPEN_LOG, REOPEN",
        "IDLE, STOP, DRAIN",
        "TAKING_UP, READY, IGNORE",
        "TAKING_UP, RELOAD_WORKERS, REMEMBER",
        "TAKING_UP, RELOAD_TASKS, REMEMBER",
        "TAKING_UP, ROLL_BACK, REMEMBER",
        "TAKING_UP, FAILED, REMEMBER",
        "TAKING_UP, TAKEN_UP, TAKEN",
        "TAKING_UP, SETTLED, IGNORE",
        "TAKING_UP, TICK, TAKE_ON",
        "TAKING_UP, REOPEN_LOG, REOPEN",
        "TAKING_UP, STOP, DRAIN",
        "ROLLING, READY, IGNORE",
        "ROLLING, RELOAD_WORKERS, REMEMBER",
        "ROLLING, RELOAD_TASKS, REMEMBER",
        "ROLLING, ROLL_BACK, ROLL_BACK",
        "ROLLING, FAILED, GIVE_UP",
        "ROLLING, TAKEN_UP, IGNORE",
        "ROLLING, SETTLED, IGNORE",
        "ROLLING, TICK, ROLL_ON",
        "ROLLING, REOPEN_LOG, REOPEN",
        "ROLLING, STOP, DRAIN",
        "SETTLING, READY, IGNORE",
        "SETTLING, RELOAD_WORKERS, REMEMBER",
        "SETTLING, RELOAD_TASKS, REMEMBER",
        "SETTLING, ROLL_BACK, REMEMBER",
        "SETTLING, FAILED, REMEMBER",
        "SETTLING, TAKEN_UP, IGNORE",
        "SETTLING, SETTLED, SETTLED",
        "SETTLING, TICK, IGNORE",
        "SETTLING, REOPEN_LOG, REOPEN",
        "SETTLING, STOP, DRAIN",
        "DRAINING, READY, IGNORE",
        "DRAINING, RELOAD_WORKERS, DECLINE",
        "DRAINING, RELOAD_TASKS, DECLINE",
        "DRAINING, ROLL_BACK, DECLINE",
        "DRAINING, FAILED, IGNORE",
        "DRAINING, TAKEN_UP, IGNORE",
        "DRAINING, SETTLED, IGNORE",
        "DRAINING, TICK, DRAIN_ON",
        "DRAINING, REOPEN_LOG, REOPEN",
        "DRAINING, STOP, EXIT_NOW",
        "EXITING, READY, IGNORE",
        "EXITING, RELOAD_WORKERS, DECLINE",
        "EXITING, RELOAD_TASKS, DECLINE",
        "EXITING, ROLL_BACK, DECLINE",
        "EXITING, FAILED, IGNORE",
        "EXITING, TAKEN_UP, IGNORE",
        "EXITING, SETTLED, IGNORE",
        "EXITING, TICK, IGNORE",
        "EXITING, REOPEN_LOG, REOPEN",
        "EXITING, STOP, HALT",
    })
    void everyCellIsAsOperatorsAreTold(State state, Command command, Step step) {
        assertThat(Table.step(state, command)).isEqualTo(step);
    }
}
