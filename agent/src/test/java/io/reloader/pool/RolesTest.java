// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpHandler;
import io.reloader.control.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RolesTest {
    private final List<ExecutorService> pools = new ArrayList<>();

    @AfterEach
    void endPools() {
        pools.forEach(ExecutorService::shutdownNow);
    }

    @ParameterizedTest
    @CsvSource({
        "http-3, http",
        "pool-1-thread-2, pool-1",
        "http-nio-8080-exec-7, http-nio-8080-exec",
        "grpc-default-executor-0, grpc-default-executor",
        "worker#12, worker",
        "Mailer 4, Mailer",
        "main-loop, main-loop",
        "42, 42"
    })
    void poolIsNamedAfterItsThreadsWithoutTheirCounter(String thread, String pool) {
        assertThat(PoolNames.stem(thread)).isEqualTo(pool);
    }

    @ParameterizedTest
    @CsvSource({
        "*, anything, true",
        "http*, HTTP-nio, true",
        "*exec, http-exec, true",
        "*exec, http-exec-1, false",
        "a*b*c, aXbXbc, true",
        "a*b*c, acb, false",
        "http, http, true",
        "http, https, false"
    })
    void starStandsForAnyCharacters(String pattern, String text, boolean matches) {
        assertThat(new Glob(pattern).matches(text)).isEqualTo(matches);
    }

    @Test
    void operatorsPatternsOutweighKindAndName() {
        serve("mailer-1");
        serve("HikariPool-1");
        ExecutorService scheduler = new ScheduledThreadPoolExecutor(1, factory("ticker-1"));
        pools.add(scheduler);
        scheduler.execute(() -> {});
        try (RollingJvm plain = new RollingJvm()) {
            assertThat(role(plain, "mailer")).isEqualTo(Role.WORKER);
            assertThat(role(plain, "HikariPool")).isEqualTo(Role.TASK);
            assertThat(role(plain, "ticker")).isEqualTo(Role.TASK);
        }
        try (RollingJvm told = new RollingJvm(new Roles(List.of("tick*", "Hikari*"), List.of("mailer-*")))) {
            assertThat(role(told, "mailer")).isEqualTo(Role.TASK);
            assertThat(role(told, "HikariPool")).isEqualTo(Role.WORKER);
            assertThat(role(told, "ticker")).isEqualTo(Role.WORKER);
            assertThat(told.pools.list())
                    .filteredOn(each -> each.name().equals("mailer"))
                    .singleElement()
                    .isEqualTo(new PoolInfo("mailer", Role.TASK, "tasks=mailer-*", 1));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http-nio-8080-exec-1, WORKER",
        "grpc-default-executor-0, WORKER",
        "vert.x-worker-thread-3, WORKER",
        "vert.x-internal-blocking-3, TASK",
        "XNIO-1 task-1, WORKER",
        "scheduling-1, TASK",
        "applicationTaskExecutor-1, TASK",
        "H2-save, TASK",
        "H2-serialization, TASK",
        "orders:connection-adder, TASK",
        "DefaultQuartzScheduler_Worker-1, TASK",
        "task-1, WORKER"
    })
    void poolsThatLibrariesMakeAreKnownByTheirNames(String thread, Role role) {
        serve(thread);
        try (RollingJvm jvm = new RollingJvm()) {
            assertThat(role(jvm, PoolNames.stem(thread))).isEqualTo(role);
        }
    }

    @Test
    void aWorkerSeenServingARequestSettlesItForItsPool() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(1, factory("odd-timer-1"));
        pools.add(pool);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        HttpHandler handler = exchange -> {
            begun.countDown();
            KnownThreadTest.awaitQuietly(release);
        };
        pool.execute(() -> {
            try {
                new Filter.Chain(List.of(), handler).doFilter(null);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        begun.await();
        try (RollingJvm jvm = new RollingJvm()) {
            PoolInfo seen = info(jvm, "odd-timer");
            assertThat(seen.role()).isEqualTo(Role.WORKER);
            assertThat(seen.reason()).startsWith("odd-timer-1 was seen serving a request, in com.sun.net.httpserver.");
            release.countDown();
            pool.submit(() -> {}).get();
            assertThat(info(jvm, "odd-timer")).as("idle since then").isEqualTo(seen);
        }
    }

    @Test
    void aPoolThatNothingIsKnownOfCountsAsAWorkerPoolAndIsSaid() {
        serve("receipts-1");
        serve("http-1-exec-1");
        try (RollingJvm jvm = new RollingJvm()) {
            assertThat(jvm.roll(Role.WORKER, 5_000).remarks())
                    .contains("receipts counts as a worker pool: nothing says what it is for; name it in workers= or"
                            + " tasks=")
                    .noneMatch(line -> line.startsWith("http-1-exec"));
        }
    }

    @Test
    void poolsOfTheSameNameAreToldApartByANumber() {
        serve("twin-1");
        serve("twin-1");
        try (RollingJvm jvm = new RollingJvm()) {
            assertThat(jvm.pools.list()).extracting(PoolInfo::name).contains("twin", "twin #2");
        }
    }

    private void serve(String thread) {
        ExecutorService pool = Executors.newFixedThreadPool(1, factory(thread));
        pools.add(pool);
        pool.execute(() -> {});
    }

    private static ThreadFactory factory(String name) {
        return task -> new Thread(task, name);
    }

    private static Role role(RollingJvm jvm, String pool) {
        return info(jvm, pool).role();
    }

    private static PoolInfo info(RollingJvm jvm, String pool) {
        return jvm.pools.list().stream()
                .filter(each -> each.name().equals(pool))
                .findFirst()
                .orElseThrow();
    }
}
