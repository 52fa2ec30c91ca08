// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a roll says of pools that are not replaced worker by worker. */
class RollingTest {
    private static final String LOOPS =
            "Netty event loops keep their thread; they take the new code with their next turn";

    @Test
    void pinnedWorkersAreCountedAndExplainedOnceForEachReasonAndNeverWaitedFor() {
        FakeWorld world = new FakeWorld();
        world.roll = new FakeRoll(2);
        world.roll.rolled = 2;
        pinned(world, "epoll-group", 4, LOOPS);
        pinned(world, "boss-group", 1, LOOPS);
        pinned(world, "Timer-0", 1, "a timer is its thread");
        reload(world);

        assertThat(world.lines)
                .containsExactly(
                        "- reload 1: 0 classes changed, 1 worker pool, 2 workers, 6 pinned",
                        "+ epoll-group, boss-group: 5 workers pinned (" + LOOPS + ")",
                        "+ Timer-0: 1 worker pinned (a timer is its thread)",
                        "+ http: 2/2 workers in generation 1, 1 ms",
                        "- reload 1 done in 0 ms: 0 classes changed, 2/2 workers of 1 worker pool in generation 1,"
                                + " 6 pinned");
    }

    @Test
    void aPoolOfBothKindsTellsHowManyOfItsWorkersStayAndWhy() {
        FakeWorld world = new FakeWorld();
        world.roll = new FakeRoll(1);
        world.roll.rolled = 1;
        world.roll.more.add(
                new PoolState("qtp", 8, 7, new Pinned(1, "acceptors keep their thread"), false, null, 5_000_000));
        reload(world);

        assertThat(world.lines)
                .contains("+ qtp: 7/7 workers in generation 1, 1 pinned (acceptors keep their thread), 5 ms");
    }

    @Test
    void workersThatLiveForOneUnitOfWorkAreToldAsEnded() {
        FakeWorld world = new FakeWorld();
        world.roll = new FakeRoll(1);
        world.roll.rolled = 1;
        world.roll.more.add(new PoolState("virtual threads", 12, 12, Pinned.NONE, true, null, 40_000_000));
        reload(world);

        assertThat(world.lines)
                .contains("+ virtual threads: 12/12 workers have ended what they were at when the signal came, 40 ms");
    }

    @Test
    void aPoolThatNobodyCouldClassifyIsSaid() {
        FakeWorld world = new FakeWorld();
        world.roll = new FakeRoll(1);
        world.roll.remarks.add("receipts counts as a worker pool: nothing says what it is for");
        reload(world);

        assertThat(world.lines).containsOnlyOnce("+ receipts counts as a worker pool: nothing says what it is for");
    }

    @Test
    void aWorkerPastItsMercyIsInterruptedOnlyIfTheOperatorAskedForIt() {
        FakeWorld waits = overdue(new FakeWorld(Overdue.WAIT));
        assertThat(waits.lines).noneMatch(line -> line.contains("interrupted"));

        FakeWorld interrupts = overdue(new FakeWorld(Overdue.INTERRUPT));
        assertThat(interrupts.lines)
                .contains(
                        "+ reload 1: http-1 of pool http has been interrupted, as on-timeout=interrupt asks for",
                        "+ reload 1: http-2 of pool http has not been interrupted: it is inside a channel operation");
    }

    private static FakeWorld overdue(FakeWorld world) {
        world.roll = new FakeRoll(1);
        reload(world);
        world.pass(31, TimeUnit.SECONDS);
        world.accept(Command.TICK);
        return world;
    }

    private static void pinned(FakeWorld world, String name, int workers, String why) {
        world.roll.more.add(new PoolState(name, workers, 0, new Pinned(workers, why), false, null, 0));
    }

    private static void reload(FakeWorld world) {
        world.accept(Command.READY, Command.RELOAD_WORKERS);
        world.settle();
    }
}
