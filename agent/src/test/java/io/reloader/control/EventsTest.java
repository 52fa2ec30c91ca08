// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a recorder, or a hook of the application, is told of, and in which order. */
class EventsTest {
    private final FakeWorld world = new FakeWorld();

    @BeforeEach
    void armed() {
        world.accept(Command.READY);
        world.events.clear();
    }

    @Test
    void aReloadIsToldFromItsCommandToItsVerdict() {
        world.code = () -> new TakeUp.Applied(2, 1);
        world.roll = new FakeRoll(1);
        world.accept(Command.RELOAD_TASKS);
        world.settle();
        world.roll.rolled = 1;
        world.roll.retired.add(new Retired("http", "http-1", 5));
        world.accept(Command.TICK);

        assertThat(world.events)
                .containsExactly(
                        "heard RELOAD_TASKS in IDLE",
                        "begun 1 RELOAD_TASKS",
                        "phase PREPARE",
                        "preparing 1 RELOAD_TASKS",
                        "phase ROLL",
                        "retired http-1",
                        "ended 1 DONE 3 changed",
                        "phase REST");
    }

    @Test
    void aRefusedReloadHasChangedNothing() {
        world.code = () -> new TakeUp.Refused(List.of("com.acme.A gains a method"));
        world.accept(Command.RELOAD_WORKERS);
        world.settle();

        assertThat(world.events)
                .containsExactly(
                        "heard RELOAD_WORKERS in IDLE",
                        "begun 1 RELOAD_WORKERS",
                        "phase PREPARE",
                        "preparing 1 RELOAD_WORKERS",
                        "ended 1 REFUSED 0 changed",
                        "phase REST");
    }

    @Test
    void aStopEndsTheReloadUnderWayAndIsADrain() {
        world.accept(Command.RELOAD_WORKERS, Command.STOP);
        world.idle = true;
        world.accept(Command.TICK);

        assertThat(world.events)
                .containsExactly(
                        "heard RELOAD_WORKERS in IDLE",
                        "begun 1 RELOAD_WORKERS",
                        "phase PREPARE",
                        "heard STOP in TAKING_UP",
                        "ended 1 SUPERSEDED 0 changed",
                        "phase DRAIN",
                        "drained 0 0 busy",
                        "phase REST");
    }

    @Test
    void aStopThatRunsOutOfTimeTellsHowManyWereAtWork() {
        world.accept(Command.STOP);
        world.pass(31, TimeUnit.SECONDS);
        world.accept(Command.TICK);

        assertThat(world.events).contains("drained 143 1 busy");
    }

    @Test
    void aReloadThatMustRollFirstIsToldOnce() {
        world.code = () -> world.unsettled ? new TakeUp.Unsettled(1) : new TakeUp.Applied(1, 0);
        world.unsettled = true;
        world.accept(Command.RELOAD_WORKERS);
        world.settle();

        assertThat(world.events)
                .containsExactly(
                        "heard RELOAD_WORKERS in IDLE",
                        "begun 1 RELOAD_WORKERS",
                        "phase PREPARE",
                        "preparing 1 RELOAD_WORKERS",
                        "phase SETTLE",
                        "phase SCAN",
                        "phase ROLL",
                        "ended 1 DONE 1 changed",
                        "phase REST");
    }
}
