// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.reloader.control.PoolState;
import io.reloader.control.Role;
import io.reloader.control.Roll;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class FreshTest {

    @BeforeEach
    void virtualThreadsAreThere() {
        assumeTrue(Runtime.version().feature() >= 21, "virtual threads came with JDK 21");
    }

    @Test
    void theTasksAliveAtTheSignalAreWaitedForAndLaterOnesAreNot() throws Exception {
        ExecutorService executor = perTask();
        CountDownLatch old = new CountDownLatch(1);
        CountDownLatch young = new CountDownLatch(1);
        try (RollingJvm jvm = new RollingJvm()) {
            for (int i = 0; i < 3; i++) {
                executor.execute(() -> KnownThreadTest.awaitQuietly(old));
            }
            Roll roll = jvm.roll(Role.WORKER, 50);
            PoolState begun = fresh(roll, 3);
            assertThat(begun.rolled()).isZero();
            assertThat(roll.behind())
                    .filteredOn(each -> each.pool().equals(begun.name()))
                    .hasSize(3)
                    .allMatch(each -> each.stack().stream().anyMatch(frame -> frame.contains("KnownThreadTest")));
            executor.execute(() -> KnownThreadTest.awaitQuietly(young));
            old.countDown();
            jvm.advance(roll, 5_000);
            assertThat(roll.finished()).isTrue();
            assertThat(fresh(roll, 3).rolled()).isEqualTo(3);
        } finally {
            young.countDown();
            executor.shutdownNow();
        }
    }

    @Test
    void aVirtualThreadMadeByHandIsWaitedForToo() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        try (RollingJvm jvm = new RollingJvm()) {
            Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, (Runnable)
                    () -> KnownThreadTest.awaitQuietly(release));
            Roll roll = jvm.roll(Role.WORKER, 50);
            assertThat(fresh(roll, 1).rolled()).isZero();
            release.countDown();
            jvm.advance(roll, 5_000);
            assertThat(fresh(roll, 1).complete()).isTrue();
        } finally {
            release.countDown();
        }
    }

    @Test
    void anExecutorWithoutATaskIsNoPool() throws Exception {
        ExecutorService executor = perTask();
        try (RollingJvm jvm = new RollingJvm()) {
            assertThat(jvm.roll(Role.WORKER, 5_000).pools()).noneMatch(PoolState::fresh);
        } finally {
            executor.shutdownNow();
        }
    }

    private static ExecutorService perTask() throws ReflectiveOperationException {
        return (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    }

    private static PoolState fresh(Roll roll, int workers) {
        List<PoolState> fresh = roll.pools().stream()
                .filter(each -> each.fresh() && each.workers() == workers)
                .toList();
        assertThat(fresh)
                .as("pools of %s fresh threads in %s", workers, roll.pools())
                .hasSize(1);
        return fresh.get(0);
    }
}
