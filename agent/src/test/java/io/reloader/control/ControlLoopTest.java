// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ControlLoopTest {
    private final FakeWorld world = new FakeWorld();

    @Test
    void aReloadThatFindsNothingChangedStillRollsAndSaysSo() {
        world.roll = new FakeRoll(2);
        world.accept(Command.READY, Command.RELOAD_WORKERS);
        assertThat(world.state()).isEqualTo(State.TAKING_UP);
        world.settle();
        assertThat(world.state()).isEqualTo(State.ROLLING);
        world.pass(7, TimeUnit.MILLISECONDS);
        world.roll.rolled = 2;
        world.accept(Command.TICK);

        assertThat(world.state()).isEqualTo(State.IDLE);
        assertThat(world.roll.closed).isTrue();
        assertThat(world.lines)
                .containsExactly(
                        "- reload 1: 0 classes changed, 1 worker pool, 2 workers",
                        "+ http: 2/2 workers in generation 1, 1 ms",
                        "- reload 1 done in 7 ms: 0 classes changed, 2/2 workers of 1 worker pool in generation 1");
    }

    @Test
    void aRefusedReloadRollsNothingAndListsEveryFault() {
        world.code = () -> new TakeUp.Refused(List.of("com.acme.A gains a method", "com.acme.B is truncated"));
        world.accept(Command.READY, Command.RELOAD_WORKERS);
        world.settle();

        assertThat(world.state()).isEqualTo(State.IDLE);
        assertThat(world.rolls).isEmpty();
        assertThat(world.lines)
                .containsExactly(
                        "! reload 1 refused: com.acme.A gains a method",
                        "! reload 1 refused: com.acme.B is truncated",
                        "- reload 1 refused in 0 ms: 2 faults; every worker keeps serving the old code");
    }

    @Test
    void commandsOfOneKindThatArriveDuringAReloadAreOneReloadAfterIt() {
        world.roll = new FakeRoll(1);
        world.accept(Command.READY, Command.RELOAD_WORKERS);
        world.settle();
        world.accept(Command.RELOAD_TASKS, Command.RELOAD_WORKERS, Command.RELOAD_WORKERS, Command.RELOAD_TASKS);
        assertThat(world.rolls).containsExactly(Role.WORKER);

        world.roll.rolled = 1;
        world.accept(Command.TICK);
        world.settle();
        world.accept(Command.TICK);
        world.settle();

        assertThat(world.rolls).containsExactly(Role.WORKER, Role.WORKER, Role.TASK);
        assertThat(world.state()).isEqualTo(State.IDLE);
    }

    @Test
    void commandsBeforeTheAgentIsArmedAreKept() {
        world.accept(Command.RELOAD_TASKS, Command.RELOAD_TASKS);
        assertThat(world.state()).isEqualTo(State.STARTING);
        world.accept(Command.READY);
        world.settle();
        assertThat(world.rolls).containsExactly(Role.TASK);
    }

    @Test
    void aStopBeforeTheAgentIsArmedDrainsOnceItIs() {
        world.accept(Command.STOP);
        assertThat(world.state()).isEqualTo(State.STARTING);
        world.accept(Command.READY);
        world.settle();
        assertThat(world.state()).isEqualTo(State.DRAINING);
    }

    @Test
    void aStopExitsEvenIfTheAgentNeverGetsArmed() {
        world.accept(Command.STOP);
        world.pass(31, TimeUnit.SECONDS);
        world.accept(Command.TICK);
        assertThat(world.exits).containsExactly(143);
    }

    @Test
    void aSecondStopBeforeTheAgentIsArmedExitsAtOnce() {
        world.accept(Command.STOP, Command.STOP);
        assertThat(world.exits).containsExactly(143);
    }

    @Test
    void noCommandIsLostSilentlyWhenTheApplicationStops() {
        world.accept(Command.READY, Command.RELOAD_WORKERS, Command.RELOAD_TASKS, Command.STOP);
        assertThat(world.lines)
                .startsWith(
                        "- reload 1 abandoned: the application is stopping",
                        "- reload of tasks declined: the application is stopping");
    }

    @Test
    void aStopOverridesAReloadUnderWay() {
        world.roll = new FakeRoll(1);
        world.accept(Command.READY, Command.RELOAD_WORKERS);
        world.settle();
        world.accept(Command.STOP);

        assertThat(world.state()).isEqualTo(State.DRAINING);
        assertThat(world.roll.closed).isTrue();
        assertThat(world.lines).contains("- reload 1 abandoned: the application is stopping");
    }

    @Test
    void classesTakenUpAfterAStopStartNoRoll() {
        world.accept(Command.READY, Command.RELOAD_WORKERS, Command.STOP);
        world.settle();
        assertThat(world.rolls).isEmpty();
        assertThat(world.state()).isEqualTo(State.DRAINING);
    }

    @Test
    void aStopExitsWithZeroOnceAllWorkHasFinished() {
        world.accept(Command.READY, Command.STOP, Command.TICK, Command.TICK);
        assertThat(world.exits).isEmpty();
        world.idle = true;
        world.pass(20, TimeUnit.MILLISECONDS);
        world.accept(Command.TICK);

        assertThat(world.exits).containsExactly(0);
        assertThat(world.lines).last().isEqualTo("- stop: all work finished in 20 ms; exiting with status 0");
    }

    @Test
    void aStopThatPassesItsDeadlineNamesWhatStillRunsAndExitsWith143() {
        world.accept(Command.READY, Command.STOP, Command.TICK);
        world.pass(30, TimeUnit.SECONDS);
        world.accept(Command.TICK);

        assertThat(world.exits).containsExactly(143);
        assertThat(world.lines)
                .contains(
                        "! stop: http-1 of pool http is still running:",
                        "+   at com.acme.Slow.run(Slow.java:7)",
                        "! stop: work was still in flight after 30.0 s; exiting with status 143; raise term-deadline"
                                + " if it needs longer");
    }

    @Test
    void theExitAsksTheSupervisorForTimeForTheShutdownHooksHoweverLongTheStopHasTaken() {
        world.accept(Command.READY, Command.STOP);
        world.pass(29, TimeUnit.SECONDS);
        world.idle = true;
        world.accept(Command.TICK);

        assertThat(world.exits).containsExactly(0);
        assertThat(world.told).last().isEqualTo("extend by 30 s");
    }

    @Test
    void aStopServesOnForItsDelayAndThenLetsNothingNewIn() {
        FakeWorld delayed = new FakeWorld(Overdue.WAIT, 10);
        delayed.idle = true;
        delayed.accept(Command.READY, Command.STOP, Command.TICK);
        for (int second = 1; second < 10; second++) {
            delayed.pass(1, TimeUnit.SECONDS);
            delayed.arrivals++;
            delayed.accept(Command.TICK);
        }
        assertThat(delayed.intakeStopped).isFalse();
        assertThat(delayed.told)
                .containsSequence("stopping", "extend by 15 s")
                .containsSequence("extend by 15 s", "stop: serving on");

        delayed.pass(1, TimeUnit.SECONDS);
        delayed.accept(Command.TICK);
        assertThat(delayed.intakeStopped).isTrue();
        delayed.accept(Command.TICK);
        assertThat(delayed.exits).containsExactly(0);
    }

    @Test
    void aStopEndsItsDelayOnceNoNewConnectionComes() {
        FakeWorld delayed = new FakeWorld(Overdue.WAIT, 10);
        delayed.accept(Command.READY, Command.STOP);
        delayed.pass(4, TimeUnit.SECONDS);
        delayed.arrivals++;
        delayed.accept(Command.TICK);
        delayed.pass(4, TimeUnit.SECONDS);
        delayed.accept(Command.TICK);
        assertThat(delayed.intakeStopped).isFalse();

        delayed.pass(1, TimeUnit.SECONDS);
        delayed.accept(Command.TICK);
        assertThat(delayed.intakeStopped).isTrue();
    }

    @Test
    void aStopWaitsForConnectionsWithoutAnAnswerAndAsksItsSupervisorForTime() {
        world.idle = true;
        world.open = 2;
        world.accept(Command.READY, Command.STOP);
        world.pass(5, TimeUnit.SECONDS);
        world.accept(Command.TICK);
        assertThat(world.exits).isEmpty();
        assertThat(world.told)
                .containsExactly(
                        "stopping",
                        "extend by 15 s",
                        "stop: waiting up to 30.0 s for work in flight",
                        "extend by 15 s",
                        "stop: still waiting for 1 worker and 2 connections: http-1 at com.acme.Slow.run(Slow.java:7)");

        world.open = 0;
        world.accept(Command.TICK);
        assertThat(world.exits).containsExactly(0);
    }

    @Test
    void theSupervisorHearsOfAReloadAndOfItsVerdictWhateverThatIs() {
        world.code = () -> new TakeUp.Refused(List.of("com.acme.A gains a method"));
        world.accept(Command.READY, Command.RELOAD_WORKERS);
        world.settle();
        assertThat(world.told)
                .containsExactly(
                        "reloading",
                        "ready: reload 1 refused in 0 ms: 1 fault; every worker keeps serving the old code");
    }

    @Test
    void theLogIsReopenedWhateverElseIsUnderWay() {
        world.accept(Command.READY, Command.RELOAD_WORKERS, Command.REOPEN_LOG);
        assertThat(world.lines).containsExactly("log reopened");
        assertThat(world.state()).isEqualTo(State.TAKING_UP);
    }

    @Test
    void aSecondStopExitsAtOnceAndAThirdDoesNotEvenWaitForHooks() {
        world.accept(Command.READY, Command.STOP, Command.STOP);
        assertThat(world.exits).containsExactly(143);
        assertThat(world.halts).isEmpty();
        world.accept(Command.STOP);
        assertThat(world.halts).containsExactly(143);
    }

    @Test
    void aStopThatFailsStillEndsTheProcess() {
        world.broken = new NoClassDefFoundError("io/reloader/pool/LiveDrain");
        world.accept(Command.READY);
        world.turn(Command.STOP);

        assertThat(world.state()).isEqualTo(State.EXITING);
        assertThat(world.exits).containsExactly(143);
        assertThat(world.lines)
                .last()
                .isEqualTo("! STOP failed: java.lang.NoClassDefFoundError: io/reloader/pool/LiveDrain; exiting with"
                        + " status 143 without waiting for work in flight; please report it");
    }

    @Test
    void aReloadThatFailsLeavesTheLoopListening() {
        world.broken = new NoClassDefFoundError("io/reloader/pool/LiveRoll");
        world.accept(Command.READY, Command.RELOAD_WORKERS);
        world.threads.remove().run();
        world.turn(Command.TAKEN_UP);
        assertThat(world.state()).isEqualTo(State.IDLE);

        world.broken = null;
        world.turn(Command.STOP);
        assertThat(world.state()).isEqualTo(State.DRAINING);
    }

    @Test
    void aReloadIsDeclinedWhileStopping() {
        world.accept(Command.READY, Command.STOP, Command.RELOAD_WORKERS);
        assertThat(world.lines).last().isEqualTo("- reload declined: the application is stopping");
        assertThat(world.state()).isEqualTo(State.DRAINING);
    }

    @Test
    void aWorkerPastItsMercyIsNamedWithItsStackAndReplacedWhenItEnds() {
        FakeRoll stuck = new FakeRoll(2);
        world.roll = stuck;
        stuck.rolled = 1;
        world.accept(Command.READY, Command.RELOAD_WORKERS);
        world.settle();
        world.pass(31, TimeUnit.SECONDS);
        world.accept(Command.TICK);

        assertThat(world.state()).isEqualTo(State.IDLE);
        assertThat(world.lines)
                .contains(
                        "! reload 1: http-1 of pool http is behind, at it for at least 29.0 s, at"
                                + " com.acme.Slow.run(Slow.java:7); it is replaced when its unit of work ends",
                        "- reload 1 partial after 31.0 s: 0 classes changed, 1/2 workers of 1 worker pool in"
                                + " generation 1");
        assertThat(stuck.closed).isFalse();
        assertThat(world.patience()).isLessThan(TimeUnit.SECONDS.toNanos(1));

        stuck.rolled = 2;
        world.accept(Command.TICK);
        assertThat(world.lines).last().isEqualTo("- reload 1 caught up: 2/2 workers of 1 worker pool in generation 1");
        assertThat(stuck.closed).isTrue();
        assertThat(world.patience()).isGreaterThan(TimeUnit.HOURS.toNanos(1));
    }

    @Test
    void mercyCountsFromTheLastReplacementNotFromTheBegin() {
        FakeRoll slow = new FakeRoll(3);
        world.roll = slow;
        world.accept(Command.READY, Command.RELOAD_WORKERS);
        world.settle();
        for (int i = 1; i <= 2; i++) {
            world.pass(20, TimeUnit.SECONDS);
            slow.rolled = i;
            world.accept(Command.TICK);
        }
        assertThat(world.state()).isEqualTo(State.ROLLING);
    }

    @Test
    void theNextReloadTakesOverTheWorkersLeftBehind() {
        FakeRoll stuck = new FakeRoll(1);
        world.roll = stuck;
        world.accept(Command.READY, Command.RELOAD_WORKERS);
        world.settle();
        world.pass(31, TimeUnit.SECONDS);
        world.accept(Command.TICK);

        world.roll = new FakeRoll(1);
        world.accept(Command.RELOAD_WORKERS);
        world.settle();
        world.roll.rolled = 1;
        world.accept(Command.TICK);

        stuck.rolled = 1;
        world.accept(Command.TICK);
        assertThat(world.lines).noneMatch(line -> line.contains("caught up"));
    }

    @Test
    void takingUpThatFailsUnexpectedlyIsARefusal() {
        world.code = () -> {
            throw new IllegalStateException("boom");
        };
        world.accept(Command.READY, Command.RELOAD_WORKERS);
        world.settle();
        assertThat(world.state()).isEqualTo(State.IDLE);
        assertThat(world.lines)
                .contains("! reload 1 refused: taking up classes failed: java.lang.IllegalStateException: boom; please"
                        + " report it");
    }

    @Test
    void anIdleLoopSleepsUntilItIsTold() {
        world.accept(Command.READY);
        assertThat(world.patience()).isGreaterThan(TimeUnit.HOURS.toNanos(1));
    }
}
