// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.reloader.control.PoolState;
import io.reloader.control.Role;
import io.reloader.control.Roll;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TomcatRollTest {
    private static final long PATIENCE = 5_000;

    private final List<ExecutorService> toEnd = new ArrayList<>();

    @AfterEach
    void endPools() throws InterruptedException {
        for (ExecutorService each : toEnd) {
            each.shutdownNow();
            assertThat(each.awaitTermination(5, TimeUnit.SECONDS))
                    .as("pool ends")
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"9.0.111", "10.1.48", "11.0.13"})
    void rollingNeitherLosesNorDoublesNorReordersNorInterruptsATask(String version) throws Exception {
        long rolled;
        List<String> violations = new ArrayList<>();
        try (RollingJvm jvm = new RollingJvm()) {
            // Loaded after the weaver is in force.
            TomcatPool tomcat = TomcatPool.of(version);
            jvm.startRolling();
            for (int size : new int[] {4, 1}) {
                LibraryLoad load = new LibraryLoad(size, factory -> tomcat.make(size, factory));
                violations.addAll(load.steady(Integer.getInteger("stress.millis", 300)));
                assertThat(TomcatPool.submitted(load.pool))
                        .as("submitted count")
                        .isZero();
            }
            for (int i = 0; i < 10; i++) {
                violations.addAll(new LibraryLoad(4, factory -> tomcat.make(4, factory)).cutShort(2 + i));
            }
            rolled = jvm.stopRolling();
        }
        assertThat(violations).isEmpty();
        assertThat(rolled).as("workers replaced").isGreaterThan(50);
    }

    @ParameterizedTest
    @ValueSource(strings = {"9.0.111", "10.1.48", "11.0.13"})
    void idlePoolOlderThanTheWeavingRollsBehindTomcatsOwnThreads(String version) throws Exception {
        TomcatPool tomcat = TomcatPool.of(version);
        ExecutorService pool = kept(tomcat.make(3, tomcat.taskThreads("http-late-")));
        for (int i = 0; i < 20_000; i++) {
            pool.execute(() -> {});
        }
        Thread before = pool.submit(Thread::currentThread).get();
        try (RollingJvm jvm = new RollingJvm()) {
            assertThat(states(jvm.roll(Role.WORKER, PATIENCE), "http-late"))
                    .singleElement()
                    .matches(PoolState::complete)
                    .matches(each -> each.workers() == 3);
            assertThat(pool.submit(Thread::currentThread).get()).isNotSameAs(before);
            assertThat(LibraryLoad.size(pool)).isEqualTo(3);
        }
    }

    @Test
    void busyWorkerOlderThanTheWeavingStaysBehindUntilItsTaskEnds() throws Exception {
        TomcatPool tomcat = TomcatPool.of("10.1.48");
        ExecutorService pool = kept(tomcat.make(1, tomcat.taskThreads("http-busy-")));
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger interrupted = new AtomicInteger();
        pool.execute(() -> {
            begun.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                interrupted.incrementAndGet();
            }
        });
        begun.await();
        try (RollingJvm jvm = new RollingJvm()) {
            Roll roll = jvm.roll(Role.WORKER, 100);
            assertThat(roll.behind())
                    .singleElement()
                    .matches(each -> each.pool().startsWith("http-busy"));
            release.countDown();
            jvm.advance(roll, PATIENCE);
            assertThat(states(roll, "http-busy")).singleElement().matches(PoolState::complete);
            assertThat(interrupted).hasValue(0);
        }
    }

    @Test
    void failingFactoryIsAskedOnceAndTheOldWorkersServeOn() throws Exception {
        try (RollingJvm jvm = new RollingJvm()) {
            TomcatPool tomcat = TomcatPool.of("11.0.13");
            AtomicInteger made = new AtomicInteger();
            ThreadFactory factory = worker -> {
                if (made.incrementAndGet() > 2) {
                    throw new IllegalStateException("no more threads");
                }
                return new Thread(worker, "broken-" + made);
            };
            ExecutorService pool = kept(tomcat.make(2, factory));
            Roll roll = jvm.roll(Role.WORKER, PATIENCE);
            jvm.advance(roll, 50);
            assertThat(states(roll, "broken")).singleElement().satisfies(each -> {
                assertThat(each.trouble()).startsWith("its thread factory threw");
                assertThat(each.rolled()).isZero();
            });
            assertThat(made).hasValue(3);
            pool.submit(() -> {}).get(5, TimeUnit.SECONDS);
        }
    }

    @Test
    void copyThatIsASubclassOfTheJdksRollsOnceAsThat() throws Exception {
        try (RollingJvm jvm = new RollingJvm()) {
            ExecutorService pool = kept(TomcatPool.of("9.0.50")
                    .make(2, worker -> new Thread(worker, "subclass-" + worker.hashCode())));
            assertThat(pool).isInstanceOf(java.util.concurrent.ThreadPoolExecutor.class);
            for (int i = 0; i < 2; i++) {
                pool.execute(() -> {});
            }
            assertThat(states(jvm.roll(Role.WORKER, PATIENCE), "subclass"))
                    .singleElement()
                    .matches(PoolState::complete)
                    .matches(each -> each.rolled() == 2);
        }
    }

    private ExecutorService kept(ExecutorService pool) {
        toEnd.add(pool);
        return pool;
    }

    private static List<PoolState> states(Roll roll, String name) {
        return roll.pools().stream()
                .filter(each -> each.name().startsWith(name))
                .toList();
    }
}
