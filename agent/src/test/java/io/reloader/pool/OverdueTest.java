// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.reloader.control.Interruption;
import io.reloader.control.PoolState;
import io.reloader.control.Role;
import io.reloader.control.Roll;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What on-timeout=interrupt does to workers that are behind. */
final class OverdueTest {
    private final AtomicInteger number = new AtomicInteger();
    private final ExecutorService pool =
            Executors.newFixedThreadPool(1, task -> new Thread(task, "overdue-" + number.incrementAndGet()));

    @AfterEach
    void endPool() {
        pool.shutdownNow();
    }

    @Test
    void theTaskThatIsBehindIsInterruptedOnceAndItsWorkerIsReplacedThen() throws Exception {
        AtomicInteger interrupts = new AtomicInteger();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (RollingJvm jvm = new RollingJvm()) {
            pool.execute(() -> {
                begun.countDown();
                for (int i = 0; i < 2; i++) {
                    try {
                        release.await();
                    } catch (InterruptedException e) {
                        interrupts.incrementAndGet();
                    }
                }
            });
            begun.await();
            Roll roll = jvm.roll(Role.WORKER, 50);
            assertThat(roll.behind())
                    .filteredOn(each -> each.pool().equals("overdue"))
                    .singleElement()
                    .satisfies(each -> assertThat(each.nanos()).isPositive());
            assertThat(mine(roll.interruptBehind())).containsExactly(new Interruption("overdue", "overdue-1", ""));
            assertThat(mine(roll.interruptBehind())).as("once in a roll").isEmpty();
            Await.until("the task feels it", () -> interrupts.get() == 1);
            release.countDown();
            jvm.advance(roll, 5_000);
            assertThat(interrupts).hasValue(1);
            assertThat(roll.pools().stream().filter(each -> each.name().equals("overdue")))
                    .singleElement()
                    .matches(PoolState::complete);
            assertThat(pool.submit(() -> Thread.currentThread().isInterrupted()).get())
                    .isFalse();
        }
    }

    @Test
    void aThreadInsideAChannelOperationIsLeftAloneAsTheChannelWouldClose() throws Exception {
        Pipe pipe = Pipe.open();
        try (RollingJvm jvm = new RollingJvm();
                Pipe.SinkChannel sink = pipe.sink();
                Pipe.SourceChannel source = pipe.source()) {
            pool.execute(() -> {
                try {
                    int ignored = source.read(ByteBuffer.allocate(1));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            Await.until(
                    "the worker reads",
                    () -> jvm.pools.drain().busy().stream()
                            .anyMatch(each -> each.pool().equals("overdue")
                                    && each.stack().toString().contains("SourceChannelImpl.read")));
            Roll roll = jvm.roll(Role.WORKER, 50);
            assertThat(mine(roll.interruptBehind()))
                    .singleElement()
                    .satisfies(each -> assertThat(each.refusal()).startsWith("it is inside a channel operation"));
            assertThat(source.isOpen()).isTrue();
            assertThat(sink.write(ByteBuffer.wrap(new byte[1]))).isEqualTo(1);
            jvm.advance(roll, 5_000);
            assertThat(source.isOpen()).isTrue();
        }
    }

    @Test
    void anIdleWorkerIsNotInterrupted() throws Exception {
        try (RollingJvm jvm = new RollingJvm()) {
            pool.submit(() -> {}).get();
            Roll roll = jvm.pools.roll(Role.WORKER, 7);
            assertThat(mine(roll.interruptBehind()))
                    .singleElement()
                    .satisfies(each -> assertThat(each.refusal()).isEqualTo("it has just ended its unit of work"));
        }
    }

    private static List<Interruption> mine(List<Interruption> all) {
        return all.stream().filter(each -> each.pool().equals("overdue")).toList();
    }
}
