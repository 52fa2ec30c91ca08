// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.reloader.control.Role;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.Test;

/** Each worker's begin and end is told on its own thread, whoever ends it. */
class LivesTest {
    private static final long MILLIS = 10_000;

    private final Told told = new Told();

    @Test
    void aWorkerOfAnExecutorIsToldOfBeforeItsFirstTaskAndOnceItHasLeft() throws Exception {
        try (RollingJvm jvm = new RollingJvm(new Roles(List.of("lives"), List.of()), told)) {
            ExecutorService pool = Executors.newFixedThreadPool(1, named());
            runAndRoll(jvm, pool);
            pool.shutdown();
            told.await("left lives on lives-2");
            toldOfBoth();
        }
    }

    @Test
    void aWorkerWhoseTaskThrowsIsToldToo() throws Exception {
        try (RollingJvm jvm = new RollingJvm(new Roles(List.of("lives"), List.of()), told)) {
            ExecutorService pool = Executors.newFixedThreadPool(1, named());
            pool.execute(() -> {
                Thread.currentThread().setUncaughtExceptionHandler((thread, thrown) -> {});
                throw new IllegalStateException("as a task may");
            });
            told.await("left lives on lives-1");
            assertThat(jvm.pools.list()).isNotEmpty();
            pool.shutdownNow();
        }
    }

    @Test
    void aWorkerOfAForkJoinPoolIsToldToo() throws Exception {
        AtomicInteger count = new AtomicInteger();
        try (RollingJvm jvm = new RollingJvm(new Roles(List.of("lives"), List.of()), told)) {
            ForkJoinPool pool = new ForkJoinPool(
                    1,
                    owner -> {
                        var worker = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(owner);
                        worker.setName("lives-" + count.incrementAndGet());
                        return worker;
                    },
                    null,
                    false);
            runAndRoll(jvm, pool);
            pool.shutdown();
            told.await("left lives on lives-2");
            toldOfBoth();
        }
    }

    @Test
    void aWorkerOfJettysPoolIsToldToo() throws Exception {
        QueuedThreadPool pool = new QueuedThreadPool(2, 1);
        pool.setReservedThreads(0);
        pool.setName("lives");
        try (RollingJvm jvm = new RollingJvm(new Roles(List.of("lives"), List.of()), told)) {
            pool.start();
            run(pool::execute);
            String first = told.of("task ").get(0).substring("task on ".length());
            jvm.roll(Role.WORKER, MILLIS).close();
            told.await("left " + PoolNames.stem(first) + " on " + first);
            pool.stop();
            assertThat(told.of(first))
                    .containsExactly(
                            "began " + PoolNames.stem(first) + " on " + first,
                            "task on " + first,
                            "left " + PoolNames.stem(first) + " on " + first);
        }
    }

    /** A successor may begin before its predecessor has told that it left. */
    private void toldOfBoth() {
        for (String worker : List.of("lives-1", "lives-2")) {
            assertThat(told.of(worker))
                    .containsExactly("began lives on " + worker, "task on " + worker, "left lives on " + worker);
        }
    }

    private void runAndRoll(RollingJvm jvm, ExecutorService pool) throws InterruptedException {
        run(pool::execute);
        jvm.roll(Role.WORKER, MILLIS).close();
        told.await("left lives on lives-1");
        run(pool::execute);
    }

    private void run(java.util.function.Consumer<Runnable> pool) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        pool.accept(() -> {
            told.add("task on " + Thread.currentThread().getName());
            done.countDown();
        });
        assertThat(done.await(MILLIS, TimeUnit.MILLISECONDS)).isTrue();
    }

    private static ThreadFactory named() {
        AtomicInteger count = new AtomicInteger();
        return task -> new Thread(task, "lives-" + count.incrementAndGet());
    }

    /** In the order in which each thread told. */
    private static final class Told implements WorkerWatch {
        private final List<String> lines = new CopyOnWriteArrayList<>();

        void add(String line) {
            lines.add(line);
        }

        List<String> of(String part) {
            Stream<String> matching = lines.stream().filter(line -> line.contains(part));
            return matching.toList();
        }

        void await(String line) {
            Await.until("\"" + line + "\"", () -> lines.contains(line));
        }

        @Override
        public void began(Object pool, String name) {
            add("began " + name + " on " + Thread.currentThread().getName());
        }

        @Override
        public void left(Object pool, String name) {
            add("left " + name + " on " + Thread.currentThread().getName());
        }
    }
}
