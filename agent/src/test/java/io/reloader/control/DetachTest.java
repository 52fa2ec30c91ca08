// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How the agent leaves a process that lives on. */
class DetachTest {
    private final FakeWorld world = new FakeWorld();

    DetachTest() {
        world.accept(Command.READY);
    }

    @Test
    void itLeavesOnceNoWorkerIsOnItsWayOut() {
        world.ready = false;
        world.accept(Command.DETACH, Command.TICK);
        assertThat(world.state()).isEqualTo(State.DETACHING);
        assertThat(world.threads).isEmpty();
        world.ready = true;
        world.accept(Command.TICK);
        world.settle();
        assertThat(world.state()).isEqualTo(State.DETACHED);
        assertThat(world.lines).contains("undone", "left").noneMatch(line -> line.startsWith("!"));
    }

    @Test
    void itStaysIfWorkersAreStillOnTheirWayOut() {
        world.ready = false;
        world.accept(Command.DETACH, Command.TICK);
        world.pass(11, TimeUnit.SECONDS);
        world.accept(Command.TICK);
        assertThat(world.state()).isEqualTo(State.IDLE);
        assertThat(world.lines).anyMatch(line -> line.startsWith("refused: workers are still on their way out"));
    }

    @Test
    void itStaysWhereThisCannotBeUndone() {
        world.obstacle = "it is a daemon; stop it";
        world.accept(Command.DETACH);
        assertThat(world.state()).isEqualTo(State.IDLE);
        assertThat(world.lines)
                .contains("- detach refused: it is a daemon; stop it", "refused: it is a daemon; stop it");
    }

    @Test
    void itStaysWhileThreadsRunTheCodeBeforeTheLastChange() {
        world.unsettled = true;
        world.accept(Command.DETACH);
        assertThat(world.state()).isEqualTo(State.IDLE);
        assertThat(world.lines).anyMatch(line -> line.startsWith("refused: threads still run the code before"));
    }

    @Test
    void itStaysWhileAReloadIsUnderWay() {
        world.roll = new FakeRoll(1);
        world.accept(Command.RELOAD_WORKERS);
        world.threads.remove().run();
        world.accept(Command.TAKEN_UP, Command.DETACH);
        assertThat(world.state()).isEqualTo(State.ROLLING);
        assertThat(world.lines).contains("refused: a reload is under way; detach once it has ended");
    }

    @Test
    void itStaysWhileTheApplicationStops() {
        world.accept(Command.STOP, Command.DETACH);
        assertThat(world.state()).isEqualTo(State.DRAINING);
        assertThat(world.lines).contains("refused: the application is stopping");
    }

    @Test
    void aStopThatComesMeanwhileIsNotLost() {
        world.accept(Command.DETACH, Command.TICK);
        world.inbox.put(Command.STOP);
        world.settle();
        assertThat(world.state()).isEqualTo(State.DETACHED);
        assertThat(world.exits).containsExactly(143);
    }

    @Test
    void aReloadThatComesMeanwhileIsDeclined() {
        world.accept(Command.DETACH, Command.TICK);
        world.inbox.put(Command.RELOAD_WORKERS);
        world.settle();
        assertThat(world.lines).contains("- reload declined: reloader has left the process");
    }

    @Test
    void aDetachThatWaitsForTheStartIsAnsweredIfTheApplicationStopsInstead() {
        FakeWorld starting = new FakeWorld();
        starting.accept(Command.DETACH, Command.STOP, Command.READY);
        starting.settle();
        assertThat(starting.lines).anyMatch(line -> line.startsWith("refused: "));
    }
}
