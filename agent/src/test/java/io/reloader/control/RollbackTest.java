// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The control loop's part in going back: by hand, and by itself. */
class RollbackTest {
    private static final Failure FAILURE = new Failure(
            "java.lang.NoClassDefFoundError: com/acme/Missing",
            "com.acme.Cart.total(Cart.java:12)",
            "http-1",
            List.of("com.acme.Cart.total(Cart.java:12)", "com.acme.Shop.serve(Shop.java:3)"));

    private final FakeWorld world = new FakeWorld();

    RollbackTest() {
        world.code = () -> {
            world.unsettled = true;
            return new TakeUp.Applied(2, 0);
        };
        world.rollback = () -> {
            world.unsettled = true;
            return new TakeUp.Applied(2, 0, true);
        };
        world.accept(Command.READY);
    }

    @Test
    void aRollbackIsAReloadWithANumberARollAndAVerdict() {
        reload();
        world.accept(Command.ROLL_BACK);
        world.settle();

        assertThat(world.rolls).containsExactly(Role.WORKER, Role.WORKER);
        assertThat(world.lines)
                .containsSubsequence(
                        "- reload 2: 2 classes put back (2 body), 1 worker pool, 0 workers",
                        "kept 0",
                        "settled",
                        "trusted",
                        "- reload 2 done in 0 ms: 2 classes put back (2 body), 0/0 workers of 1 worker pool in"
                                + " generation 2");
        assertThat(world.state()).isEqualTo(State.IDLE);
        assertThat(world.told).last().asString().startsWith("ready: reload 2 done");
    }

    @Test
    void aRollbackRollsTheTaskPoolsTooIfTheyRunWhatGoes() {
        reload();
        world.tasks = List.of(new Thread("task-1"));
        world.accept(Command.ROLL_BACK);
        world.settle();

        assertThat(world.rolls).containsExactly(Role.WORKER, Role.WORKER, Role.TASK);
        assertThat(world.lines).contains("settled", "trusted");
        assertThat(world.lines)
                .last()
                .isEqualTo(
                        "- reload 2 done in 0 ms: 2 classes put back (2 body), 0/0 workers of 1 task pool in generation"
                                + " 2, 0/0 workers of 1 worker pool in generation 2");
    }

    @Test
    void withNothingKeptARollbackIsRefused() {
        world.rollback = () -> new TakeUp.Refused(List.of("there is no reload to roll back"));
        world.accept(Command.ROLL_BACK);
        world.settle();
        assertThat(world.lines)
                .containsSubsequence(
                        "! reload 1 refused: there is no reload to roll back",
                        "- reload 1 refused in 0 ms: 1 fault; every worker keeps its code");
        assertThat(world.state()).isEqualTo(State.IDLE);
    }

    @Test
    void codeThatFailsInTheMiddleOfItsRollIsRolledBackAtOnce() {
        FakeRoll half = new FakeRoll(8);
        world.roll = half;
        world.accept(Command.RELOAD_WORKERS);
        world.settle();
        half.rolled = 1;
        world.failure = FAILURE;
        world.roll = new FakeRoll(0);
        world.accept(Command.TICK, Command.FAILED);
        assertThat(half.closed).isTrue();
        world.settle();

        assertThat(world.lines)
                .containsSubsequence(
                        "- reload 1 stopped: its code fails; 1/8 workers of 1 worker pool in generation 1",
                        "! reload 1 fails: java.lang.NoClassDefFoundError: com/acme/Missing at"
                                + " com.acme.Cart.total(Cart.java:12) on http-1, which the code before it did not meet;"
                                + " rolling it back",
                        "+   at com.acme.Shop.serve(Shop.java:3)",
                        "- reload 2: 2 classes put back (2 body), 1 worker pool, 0 workers",
                        "settled",
                        "trusted",
                        "- reload 1 failed in 0 ms: java.lang.NoClassDefFoundError: com/acme/Missing at"
                                + " com.acme.Cart.total(Cart.java:12); rolled back: reload 2 done in 0 ms: 2 classes put"
                                + " back (2 body), 0/0 workers of 1 worker pool in generation 2");
        assertThat(world.told).last().asString().startsWith("ready: reload 1 failed in");
        assertThat(world.state()).isEqualTo(State.IDLE);
    }

    @Test
    void codeThatFailsSoonAfterItsRollIsRolledBackAndLaterIsNot() {
        reload();
        world.pass(9, TimeUnit.SECONDS);
        world.accept(Command.TICK);
        assertThat(world.lines).doesNotContain("trusted");
        assertThat(world.patience()).isEqualTo(TimeUnit.SECONDS.toNanos(1));
        world.failure = FAILURE;
        world.accept(Command.FAILED);
        world.settle();
        assertThat(world.lines).last().asString().startsWith("- reload 1 failed in 9.0 s: ");

        reload();
        world.lines.clear();
        world.pass(11, TimeUnit.SECONDS);
        world.accept(Command.TICK);
        assertThat(world.lines).containsExactly("trusted");
        assertThat(world.patience()).isGreaterThan(TimeUnit.DAYS.toNanos(365));
        world.failure = FAILURE;
        world.accept(Command.FAILED);
        world.settle();
        assertThat(world.lines).containsExactly("trusted");
    }

    @Test
    void afterARollbackTheNextReloadIsLikeAnyOther() {
        reload();
        world.failure = FAILURE;
        world.accept(Command.FAILED);
        world.settle();
        reload();
        assertThat(world.lines).last().asString().startsWith("- reload 3 done in 0 ms: 2 classes changed (2 body)");
    }

    @Test
    void aFailureThatCannotBeRolledBackSaysSo() {
        reload();
        world.rollback = () -> new TakeUp.Refused(List.of("the JVM has no memory left"));
        world.failure = FAILURE;
        world.accept(Command.FAILED);
        world.settle();
        assertThat(world.lines)
                .last()
                .isEqualTo("- reload 1 failed in 0 ms: java.lang.NoClassDefFoundError: com/acme/Missing at"
                        + " com.acme.Cart.total(Cart.java:12); not rolled back: reload 2 refused in 0 ms: 1 fault; every"
                        + " worker keeps its code");
    }

    @Test
    void aRollbackByHandStopsARollThatIsUnderWay() {
        FakeRoll half = new FakeRoll(8);
        world.roll = half;
        world.accept(Command.RELOAD_WORKERS);
        world.settle();
        world.roll = new FakeRoll(0);
        world.accept(Command.ROLL_BACK);
        world.settle();
        assertThat(half.closed).isTrue();
        assertThat(world.lines)
                .contains("- reload 1 stopped: a rollback comes first; 0/8 workers of 1 worker pool in generation 1");
        assertThat(world.lines).last().asString().startsWith("- reload 2 done in 0 ms: 2 classes put back");
    }

    @Test
    void aSecondRollbackWaitsForTheFirst() {
        reload();
        FakeRoll slow = new FakeRoll(1);
        world.roll = slow;
        world.accept(Command.ROLL_BACK);
        world.settle();
        world.accept(Command.ROLL_BACK, Command.ROLL_BACK);
        assertThat(world.state()).isEqualTo(State.ROLLING);
        slow.rolled = 1;
        world.roll = new FakeRoll(0);
        world.accept(Command.TICK);
        world.settle();
        assertThat(world.lines).last().asString().startsWith("- reload 3 done in 0 ms: 2 classes put back");
    }

    @Test
    void aRollbackThatLeavesAWorkerBehindIsPartialAndEndsWithThatWorker() {
        reload();
        world.lines.clear();
        world.workers = List.of(new Thread("http-1"));
        FakeRoll stuck = new FakeRoll(1);
        world.roll = stuck;
        world.accept(Command.ROLL_BACK);
        world.settle();
        world.roll = new FakeRoll(0);
        world.pass(31, TimeUnit.SECONDS);
        world.accept(Command.TICK);
        world.settle();
        assertThat(world.rolls).containsExactly(Role.WORKER, Role.WORKER, Role.TASK);
        assertThat(world.lines).last().asString().startsWith("- reload 2 partial after 31.0 s: 2 classes put back");
        assertThat(world.lines).contains("kept 1").doesNotContain("settled", "trusted");

        world.workers = List.of();
        stuck.rolled = 1;
        world.accept(Command.TICK);
        world.settle();
        assertThat(world.lines).endsWith("kept 0", "settled", "trusted");
        assertThat(world.state()).isEqualTo(State.IDLE);
    }

    @Test
    void aReloadIsRefusedWhileTheJvmDoesNotLetTheOldCodeBeDropped() {
        world.drops = false;
        reload();
        world.code = () -> new TakeUp.Unsettled(1);
        world.accept(Command.RELOAD_WORKERS);
        world.settle();
        assertThat(world.lines)
                .last()
                .isEqualTo(
                        "- reload 2 refused in 0 ms: the JVM does not let the code before the last change be dropped;"
                                + " restart the process");
        assertThat(world.state()).isEqualTo(State.IDLE);
    }

    private void reload() {
        world.accept(Command.RELOAD_WORKERS);
        world.settle();
    }
}
