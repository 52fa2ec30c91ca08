// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.reloader.control.PoolStatus;
import io.reloader.control.Role;
import io.reloader.control.WorkerStatus;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class StatusTest {

    @Test
    void tellsOfEachWorkerWhatItDoesSinceWhenInWhichGenerationAndHowMuchItHasDone() throws Exception {
        AtomicInteger number = new AtomicInteger();
        ExecutorService pool =
                Executors.newFixedThreadPool(1, task -> new Thread(task, "seen-" + number.incrementAndGet()));
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (RollingJvm jvm = new RollingJvm()) {
            pool.submit(() -> {}).get();
            Await.until(
                    "the worker is idle after its task",
                    () -> !worker(jvm).busy() && worker(jvm).completed() == 1);
            assertThat(worker(jvm).generation()).isZero();

            jvm.roll(Role.WORKER, 5_000);
            assertThat(worker(jvm).generation()).isEqualTo(1);
            assertThat(worker(jvm).completed()).as("the successor's own").isZero();

            pool.execute(() -> {
                begun.countDown();
                KnownThreadTest.awaitQuietly(release);
            });
            begun.await();
            WorkerStatus first = worker(jvm);
            assertThat(first.busy()).isTrue();
            assertThat(first.thread()).isEqualTo("seen-2");
            Await.until(
                    "the worker grows older at the same task", () -> worker(jvm).nanos() > 20_000_000);
            release.countDown();
            Await.until("the worker is idle", () -> !worker(jvm).busy());
            assertThat(worker(jvm).nanos()).as("idle since").isLessThan(5_000_000_000L);
        } finally {
            release.countDown();
            pool.shutdownNow();
        }
    }

    private static WorkerStatus worker(RollingJvm jvm) {
        PoolStatus status = jvm.pools.status().stream()
                .filter(each -> each.name().equals("seen"))
                .findFirst()
                .orElseThrow();
        assertThat(status.pinned()).isFalse();
        assertThat(status.workers()).hasSize(1);
        return status.workers().get(0);
    }
}
