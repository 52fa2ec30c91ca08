// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.ReloaderVersions;
import java.util.concurrent.ReloaderVersions.Turn;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VersionsTest {
    private final Versions versions = new Versions(true);

    @AfterEach
    void end() {
        versions.close();
    }

    @Test
    void threadsMadeBeforeTheNewVersionRunTheOldOneAndLaterOnesTheNew() throws Exception {
        assertThat(ReloaderVersions.old()).isFalse();
        versions.hold();
        assertThat(ReloaderVersions.old()).isTrue();
        assertThat(inAThreadOfItsOwn()).isTrue();
        versions.open();
        assertThat(ReloaderVersions.old()).isTrue();
        assertThat(inAThreadOfItsOwn()).isFalse();
        versions.close();
        assertThat(ReloaderVersions.old()).isFalse();
    }

    @Test
    void aThreadThatLiesAboutItsIdIsKnownAllTheSame() throws Exception {
        versions.hold();
        versions.open();
        AtomicBoolean old = new AtomicBoolean(true);
        Thread liar = new Thread(() -> old.set(ReloaderVersions.old())) {
            @Override
            public long getId() {
                return 1;
            }
        };
        liar.start();
        liar.join();
        assertThat(old).isFalse();
    }

    @Test
    void onlyTheThreadsThatAreKeptRunTheOldVersionOn() {
        versions.hold();
        versions.open();
        assertThat(versions.keep(List.of(Thread.currentThread(), new Thread("made later"))))
                .isEqualTo(1);
        assertThat(ReloaderVersions.old()).isTrue();
        assertThat(versions.keep(List.of())).isZero();
        assertThat(ReloaderVersions.old()).isFalse();
    }

    @Test
    void aThreadTurnsOnlyIfItHasNotChosenTheOldVersionSinceItWasLookedAt() {
        versions.hold();
        versions.open();
        Turn turn = Objects.requireNonNull(versions.turn(Thread.currentThread()));
        long looked = turn.get();
        assertThat(ReloaderVersions.old()).isTrue();
        assertThat(turn.turn(looked)).isFalse();
        assertThat(ReloaderVersions.old()).isTrue();

        assertThat(turn.turn(turn.get())).isTrue();
        assertThat(turn.turned()).isTrue();
        assertThat(ReloaderVersions.old()).isFalse();
        assertThat(versions.keep(List.of(Thread.currentThread()))).isZero();
    }

    @Test
    void aTurnThatHasBegunGoesOnWhenOtherThreadsAreLetGo() {
        versions.hold();
        versions.open();
        Turn turn = Objects.requireNonNull(versions.turn(Thread.currentThread()));
        assertThat(versions.keep(List.of(Thread.currentThread()))).isEqualTo(1);
        assertThat(versions.turn(Thread.currentThread())).isSameAs(turn);
    }

    @Test
    void newThreadsAndThoseOfOneVersionHaveNowhereToTurn() {
        assertThat(versions.turn(Thread.currentThread())).isNull();
        versions.hold();
        versions.open();
        assertThat(versions.turn(new Thread("made later"))).isNull();
    }

    @Test
    void onTheWayBackTheThreadsInBetweenRunTheNewVersionOnAndLaterOnesTheOld() throws Exception {
        versions.hold();
        versions.open();
        Waiting between = new Waiting();
        versions.turnBack();
        assertThat(ReloaderVersions.old()).as("made before").isTrue();
        assertThat(inAThreadOfItsOwn()).as("made after").isTrue();
        assertThat(between.old()).as("made in between").isFalse();

        assertThat(versions.keep(List.of(between.thread))).isEqualTo(1);
        assertThat(between.old()).as("kept").isFalse();
        assertThat(ReloaderVersions.old()).isTrue();
        assertThat(versions.keep(List.of())).isZero();
        assertThat(between.old()).as("let go").isTrue();
        between.end();
    }

    @Test
    void aThreadThatHasTurnedTurnsBackAndOneThatHasNotStays() throws Exception {
        Waiting turned = new Waiting();
        Waiting still = new Waiting();
        versions.hold();
        versions.open();
        Turn forward = Objects.requireNonNull(versions.turn(turned.thread));
        assertThat(forward.turn(forward.get())).isTrue();
        Objects.requireNonNull(versions.turn(still.thread));
        versions.turnBack();
        assertThat(versions.turn(still.thread)).isNull();
        assertThat(still.old()).isTrue();
        assertThat(turned.old()).isFalse();

        Turn back = Objects.requireNonNull(versions.turn(turned.thread));
        long looked = back.get();
        assertThat(turned.old()).isFalse();
        assertThat(back.turn(looked)).as("it has begun a unit of work").isFalse();
        assertThat(back.turn(back.get())).isTrue();
        assertThat(turned.old()).isTrue();
        assertThat(versions.keep(List.of(turned.thread, still.thread))).isZero();
        turned.end();
        still.end();
    }

    @Test
    void threadsThatWentOverWithTheRollGoBackOnlyWhenTheyAreLetGo() throws Exception {
        Waiting went = new Waiting();
        Waiting kept = new Waiting();
        versions.hold();
        versions.open();
        versions.keep(List.of(kept.thread));
        versions.turnBack();
        assertThat(went.old()).isFalse();
        assertThat(kept.old()).isTrue();
        Turn turn = Objects.requireNonNull(versions.turn(went.thread));
        assertThat(turn.turn(turn.get())).isTrue();
        assertThat(went.old()).isTrue();
        went.end();
        kept.end();
    }

    /** A thread that says which version it runs when it is asked. */
    private static final class Waiting {
        private final SynchronousQueue<Boolean> answers = new SynchronousQueue<>();
        private final SynchronousQueue<Boolean> questions = new SynchronousQueue<>();
        final Thread thread = new Thread(this::answer, "waiting");

        Waiting() {
            thread.start();
        }

        private void answer() {
            try {
                while (questions.take()) {
                    answers.put(ReloaderVersions.old());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        boolean old() throws InterruptedException {
            questions.put(true);
            return answers.take();
        }

        void end() throws InterruptedException {
            questions.put(false);
            thread.join();
        }
    }

    private static boolean inAThreadOfItsOwn() throws InterruptedException {
        AtomicBoolean old = new AtomicBoolean();
        Thread thread = new Thread(() -> old.set(ReloaderVersions.old()));
        thread.start();
        thread.join();
        return old.get();
    }
}
