// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Whoever gives a command and waits has the verdict of the reload that served it, and its lines. */
class AudienceTest {
    private final FakeWorld world = new FakeWorld();

    @Test
    void whoAskedForAReloadHearsItsLinesAndItsVerdict() {
        Waiting waiting = ask(Command.RELOAD_WORKERS);
        world.accept(Command.READY);
        world.audience.event("not of the reload");
        world.roll = new FakeRoll(1);
        world.accept(Command.RELOAD_WORKERS);
        world.settle();
        assertThat(waiting.verdict).isNull();
        world.roll.rolled = 1;
        world.accept(Command.TICK);

        assertThat(waiting.lines)
                .containsExactly(
                        "- reload 1: 0 classes changed, 1 worker pool, 1 worker",
                        "+ http: 1/1 workers in generation 1, 1 ms");
        assertThat(waiting.verdict.outcome()).isEqualTo(Outcome.DONE);
        assertThat(waiting.verdict.number()).isEqualTo(1);
        assertThat(world.lines).contains("- " + waiting.verdict.line());
    }

    @Test
    void equalCommandsShareTheVerdictAndALaterOneWaitsForTheLaterReload() {
        world.accept(Command.READY);
        world.roll = new FakeRoll(1);
        Waiting first = ask(Command.RELOAD_WORKERS);
        Waiting second = ask(Command.RELOAD_WORKERS);
        world.settle();
        Waiting late = ask(Command.RELOAD_WORKERS);
        world.settle();
        world.roll.rolled = 1;
        world.accept(Command.TICK);

        assertThat(first.verdict).isEqualTo(second.verdict);
        assertThat(late.verdict).isNull();
        assertThat(late.lines).isEmpty();
        world.settle();
        world.accept(Command.TICK);
        assertThat(late.verdict.number()).isEqualTo(2);
    }

    @Test
    void aRefusalAndAPartialRollAreTheirOutcomes() {
        world.accept(Command.READY);
        world.code = () -> new TakeUp.Refused(List.of("com.acme.A is truncated"));
        Waiting refused = ask(Command.RELOAD_TASKS);
        world.settle();
        assertThat(refused.verdict.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(refused.lines).containsExactly("! reload 1 refused: com.acme.A is truncated");

        world.code = () -> new TakeUp.Applied(1, 0);
        world.roll = new FakeRoll(1);
        Waiting partial = ask(Command.RELOAD_WORKERS);
        world.settle();
        world.pass(31, TimeUnit.SECONDS);
        world.accept(Command.TICK);
        assertThat(partial.verdict.outcome()).isEqualTo(Outcome.PARTIAL);
    }

    @Test
    void aReloadWhoseCodeFailsWhileItRollsHasTheVerdictOfItsRollback() {
        world.accept(Command.READY);
        world.code = () -> new TakeUp.Applied(1, 0);
        world.roll = new FakeRoll(1);
        Waiting waiting = ask(Command.RELOAD_WORKERS);
        world.settle();
        world.failure = new Failure("NoSuchMethodError", "com.acme.Cart.total(Cart.java:12)", "http-1", List.of());
        world.accept(Command.FAILED);
        world.settle();
        assertThat(waiting.verdict).isNull();
        world.roll.rolled = 1;
        world.accept(Command.TICK);
        assertThat(waiting.verdict.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(waiting.verdict.line()).startsWith("reload 1 failed in").contains("; rolled back: reload 2 done");
    }

    @Test
    void aRollbackTakesThePlaceOfTheReloadUnderWay() {
        world.accept(Command.READY);
        world.roll = new FakeRoll(1);
        Waiting reload = ask(Command.RELOAD_WORKERS);
        world.settle();
        Waiting rollback = ask(Command.ROLL_BACK);
        world.settle();
        assertThat(reload.verdict.outcome()).isEqualTo(Outcome.SUPERSEDED);
        world.roll.rolled = 1;
        world.accept(Command.TICK);
        assertThat(rollback.verdict.outcome()).isEqualTo(Outcome.DONE);
        assertThat(rollback.verdict.command()).isEqualTo(Command.ROLL_BACK);
    }

    @Test
    void aStopEndsWhatIsUnderWayDeclinesWhatWaitsAndHasAVerdictItself() {
        world.accept(Command.READY);
        world.roll = new FakeRoll(1);
        Waiting reload = ask(Command.RELOAD_WORKERS);
        world.settle();
        Waiting remembered = ask(Command.RELOAD_TASKS);
        world.settle();
        Waiting stop = ask(Command.STOP);
        world.settle();
        Waiting late = ask(Command.RELOAD_WORKERS);
        world.settle();
        assertThat(reload.verdict.outcome()).isEqualTo(Outcome.SUPERSEDED);
        assertThat(remembered.verdict.outcome()).isEqualTo(Outcome.DECLINED);
        assertThat(late.verdict.outcome()).isEqualTo(Outcome.DECLINED);
        world.idle = true;
        world.accept(Command.TICK);
        assertThat(stop.verdict.outcome()).isEqualTo(Outcome.DONE);
        assertThat(stop.lines).anyMatch(line -> line.contains("all work finished"));
    }

    @Test
    void whoHasLeftHearsNothing() {
        world.accept(Command.READY);
        Waiting waiting = ask(Command.RELOAD_WORKERS);
        world.audience.leave(waiting);
        world.settle();
        world.accept(Command.TICK);
        assertThat(waiting.lines).isEmpty();
        assertThat(waiting.verdict).isNull();
    }

    @Test
    void aFaultOfOursIsAVerdictToo() {
        world.accept(Command.READY);
        world.broken = new OutOfMemoryError("test");
        Waiting waiting = ask(Command.RELOAD_WORKERS);
        world.turn(Command.RELOAD_WORKERS);
        world.threads.remove().run();
        world.turn(Command.TAKEN_UP);
        assertThat(waiting.verdict.outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void theStatusIsThatOfTheMomentAndTheSameForAllWhoAsk() {
        world.accept(Command.READY);
        world.roll = new FakeRoll(3);
        ask(Command.RELOAD_WORKERS);
        world.settle();
        world.roll.rolled = 2;
        CompletableFuture<Status> first = world.questions.status().toCompletableFuture();
        CompletableFuture<Status> second = world.questions.status().toCompletableFuture();
        CompletableFuture<Optional<UnderWay>> progress =
                world.questions.progress().toCompletableFuture();
        assertThat(first).isNotDone();
        world.settle();

        Status status = first.join();
        assertThat(status).isSameAs(second.join());
        assertThat(status.state()).isEqualTo(State.ROLLING);
        assertThat(status.number()).isEqualTo(1);
        assertThat(status.rollbacks()).isEqualTo(2);
        assertThat(status.behind()).hasSize(1);
        assertThat(status.pools()).hasSize(1);
        assertThat(progress.join().orElseThrow().pools().get(0).rolled()).isEqualTo(2);
        world.roll.rolled = 3;
        world.accept(Command.TICK);
        CompletableFuture<Status> after = world.questions.status().toCompletableFuture();
        world.settle();
        assertThat(after.join().underWay()).isEmpty();
        assertThat(after.join().verdicts()).extracting(Verdict::number).containsExactly(1);
    }

    private Waiting ask(Command command) {
        Waiting waiting = new Waiting();
        world.audience.await(command, waiting);
        world.inbox.put(command);
        return waiting;
    }

    private static final class Waiting implements Audience.Listener {
        final List<String> lines = new ArrayList<>();

        @SuppressWarnings("NullAway.Init")
        Verdict verdict;

        @Override
        public void line(char mark, String line) {
            lines.add(mark + " " + line);
        }

        @Override
        public void ended(Verdict last) {
            verdict = last;
        }
    }
}
