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
        "STARTING, TAKEN_UP, IGNORE",
        "STARTING, TICK, START_ON",
        "STARTING, STOP, REMEMBER",
        "IDLE, READY, IGNORE",
        "IDLE, RELOAD_WORKERS, TAKE_UP",
        "IDLE, RELOAD_TASKS, TAKE_UP",
        "IDLE, TAKEN_UP, IGNORE",
        "IDLE, TICK, CATCH_UP",
        "IDLE, STOP, DRAIN",
        "TAKING_UP, READY, IGNORE",
        "TAKING_UP, RELOAD_WORKERS, REMEMBER",
        "TAKING_UP, RELOAD_TASKS, REMEMBER",
        "TAKING_UP, TAKEN_UP, TAKEN",
        "TAKING_UP, TICK, TAKE_ON",
        "TAKING_UP, STOP, DRAIN",
        "ROLLING, READY, IGNORE",
        "ROLLING, RELOAD_WORKERS, REMEMBER",
        "ROLLING, RELOAD_TASKS, REMEMBER",
        "ROLLING, TAKEN_UP, IGNORE",
        "ROLLING, TICK, ROLL_ON",
        "ROLLING, STOP, DRAIN",
        "DRAINING, READY, IGNORE",
        "DRAINING, RELOAD_WORKERS, DECLINE",
        "DRAINING, RELOAD_TASKS, DECLINE",
        "DRAINING, TAKEN_UP, IGNORE",
        "DRAINING, TICK, DRAIN_ON",
        "DRAINING, STOP, EXIT_NOW",
        "EXITING, READY, IGNORE",
        "EXITING, RELOAD_WORKERS, DECLINE",
        "EXITING, RELOAD_TASKS, DECLINE",
        "EXITING, TAKEN_UP, IGNORE",
        "EXITING, TICK, IGNORE",
        "EXITING, STOP, HALT",
    })
    void everyCellIsAsOperatorsAreTold(State state, Command command, Step step) {
        assertThat(Table.step(state, command)).isEqualTo(step);
    }
}
