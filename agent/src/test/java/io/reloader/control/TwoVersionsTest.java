// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The control loop's part in having two versions of the code, and never a third. */
class TwoVersionsTest {
    private final FakeWorld world = new FakeWorld();
    private final Deque<TakeUp> takeUps = new ArrayDeque<>();

    TwoVersionsTest() {
        world.code = () -> {
            TakeUp next = takeUps.remove();
            world.unsettled |= next instanceof TakeUp.Applied applied && applied.changed() > 0;
            return next;
        };
    }

    @Test
    void theOldCodeIsDroppedBeforeTheVerdictWhenNoThreadRunsItAnyMore() {
        reload(Command.RELOAD_WORKERS, new TakeUp.Applied(1, 0));

        assertThat(world.lines)
                .containsSubsequence(
                        "kept 0",
                        "settled",
                        "- reload 1 done in 0 ms: 1 class changed (1 body), 0/0 workers of 1 worker pool in generation"
                                + " 1");
        assertThat(world.state()).isEqualTo(State.IDLE);
    }

    @Test
    void taskPoolsKeepTheOldCodeUntilTheyAreRolled() {
        world.tasks = List.of(new Thread("task-1"));
        reload(Command.RELOAD_WORKERS, new TakeUp.Applied(1, 0));
        assertThat(world.lines).contains("kept 1").doesNotContain("settled");
        assertThat(world.lines)
                .last()
                .asString()
                .endsWith("; 1 thread of tasks keeps the old code until their pools are rolled");

        reload(Command.RELOAD_TASKS, new TakeUp.Applied(0, 0));
        assertThat(world.rolls).containsExactly(Role.WORKER, Role.TASK);
        assertThat(world.lines).contains("settled");
        assertThat(world.lines).last().asString().startsWith("- reload 2 done");
    }

    @Test
    void aThirdVersionWaitsForThePoolsThatAreStillOnTheFirst() {
        world.tasks = List.of(new Thread("task-1"));
        reload(Command.RELOAD_WORKERS, new TakeUp.Applied(1, 0));
        takeUps.add(new TakeUp.Unsettled(2));
        reload(Command.RELOAD_WORKERS, new TakeUp.Applied(2, 0));

        assertThat(world.rolls).containsExactly(Role.WORKER, Role.TASK, Role.WORKER);
        assertThat(world.lines)
                .containsSubsequence(
                        "- reload 2: first the pools of tasks, which still run the code before the last change",
                        "settled",
                        "- reload 2: 2 classes changed (2 body), 1 worker pool, 0 workers");
        assertThat(world.lines).last().asString().startsWith("- reload 2 done");
    }

    @Test
    void aThirdVersionIsRefusedWhileAWorkerCannotLeaveTheFirst() {
        world.tasks = List.of(new Thread("task-1"));
        reload(Command.RELOAD_WORKERS, new TakeUp.Applied(1, 0));
        FakeRoll stuck = new FakeRoll(1);
        world.roll = stuck;
        reload(Command.RELOAD_WORKERS, new TakeUp.Unsettled(2));
        world.pass(31, TimeUnit.SECONDS);
        world.accept(Command.TICK);
        assertThat(world.state()).isEqualTo(State.IDLE);
        assertThat(world.lines)
                .last()
                .isEqualTo("- reload 2 refused in 31.0 s: workers still run the code before the last change, and a"
                        + " third version is never mixed in; reload again once they have ended, or set"
                        + " on-timeout=interrupt");

        stuck.rolled = 1;
        world.accept(Command.TICK);
        world.settle();
        assertThat(world.lines).contains("settled");
        assertThat(world.state()).isEqualTo(State.IDLE);
    }

    @Test
    void aPartialReloadSettlesWhenItsLastWorkerHasEnded() {
        FakeRoll stuck = new FakeRoll(1);
        world.roll = stuck;
        reload(Command.RELOAD_WORKERS, new TakeUp.Applied(1, 0));
        world.pass(31, TimeUnit.SECONDS);
        world.accept(Command.TICK);
        assertThat(world.lines).noneMatch(line -> line.startsWith("kept") || line.equals("settled"));

        stuck.rolled = 1;
        world.accept(Command.TICK);
        assertThat(world.state()).isEqualTo(State.SETTLING);
        world.settle();
        assertThat(world.lines).contains("kept 0", "settled");
    }

    @Test
    void aStopDuringTheSettlementDrains() {
        takeUps.add(new TakeUp.Applied(1, 0));
        world.accept(Command.READY, Command.RELOAD_WORKERS);
        world.threads.remove().run();
        world.accept(Command.TAKEN_UP);
        assertThat(world.state()).isEqualTo(State.SETTLING);
        world.accept(Command.STOP);
        assertThat(world.state()).isEqualTo(State.DRAINING);
        world.settle();
        assertThat(world.state()).isEqualTo(State.DRAINING);
    }

    private void reload(Command command, TakeUp result) {
        takeUps.add(result);
        world.accept(Command.READY, command);
        world.settle();
    }
}
