// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class InboxTest {
    private static final long LONG = TimeUnit.SECONDS.toNanos(30);

    private final Inbox inbox = new Inbox();

    @Test
    void equalPendingCommandsAreOne() {
        for (int i = 0; i < 1000; i++) {
            inbox.put(Command.RELOAD_WORKERS);
        }
        assertThat(inbox.take(LONG)).isEqualTo(Command.RELOAD_WORKERS);
        assertThat(inbox.take(0)).isEqualTo(Command.TICK);
    }

    @Test
    void aStopIsTakenBeforeAnythingElse() {
        inbox.put(Command.RELOAD_TASKS);
        inbox.put(Command.RELOAD_WORKERS);
        inbox.put(Command.STOP);
        assertThat(inbox.take(LONG)).isEqualTo(Command.STOP);
        assertThat(inbox.take(LONG)).isEqualTo(Command.RELOAD_WORKERS);
        assertThat(inbox.take(LONG)).isEqualTo(Command.RELOAD_TASKS);
    }

    @Test
    @Timeout(30)
    void aCommandWakesTheReaderAndAnInterruptDoesNot() {
        Thread writer = new Thread(() -> inbox.put(Command.STOP));
        Thread.currentThread().interrupt();
        writer.start();
        assertThat(inbox.take(LONG)).isEqualTo(Command.STOP);
    }

    @Test
    @Timeout(30)
    void aReaderSleepsWhileThereIsNothingEvenAfterAnInterrupt() throws InterruptedException {
        AtomicReference<Command> taken = new AtomicReference<>();
        Thread reader = new Thread(() -> taken.set(inbox.take(LONG)));
        reader.start();
        awaitSleep(reader);
        reader.interrupt();
        await("the interrupt to be forgotten", () -> !reader.isInterrupted());
        awaitSleep(reader);
        inbox.put(Command.STOP);
        reader.join();
        assertThat(taken).hasValue(Command.STOP);
    }

    private static void awaitSleep(Thread reader) {
        await("the reader to sleep", () -> reader.getState() == Thread.State.TIMED_WAITING);
    }

    private static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + LONG / 3;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - end).as("waited for %s", what).isNegative();
            Thread.onSpinWait();
        }
    }

    @Test
    @Timeout(60)
    void noCommandIsLostBetweenManyWritersAndTheReader() throws InterruptedException {
        int rounds = 20_000;
        Thread[] writers = new Thread[2];
        Command[] commands = {Command.RELOAD_WORKERS, Command.RELOAD_TASKS};
        for (int w = 0; w < writers.length; w++) {
            Command command = commands[w];
            writers[w] = new Thread(() -> {
                for (int i = 0; i < rounds; i++) {
                    inbox.put(command);
                }
                inbox.put(command == Command.RELOAD_TASKS ? Command.READY : Command.TAKEN_UP);
            });
            writers[w].start();
        }
        Map<Command, Integer> taken = new EnumMap<>(Command.class);
        while (!taken.containsKey(Command.READY) || !taken.containsKey(Command.TAKEN_UP)) {
            taken.merge(inbox.take(LONG), 1, Integer::sum);
        }
        for (Thread writer : writers) {
            writer.join();
        }
        taken.merge(inbox.take(0), 1, Integer::sum);
        taken.merge(inbox.take(0), 1, Integer::sum);
        assertThat(taken.get(Command.RELOAD_WORKERS)).isBetween(1, rounds);
        assertThat(taken.get(Command.RELOAD_TASKS)).isBetween(1, rounds);
    }
}
