// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.Future;
import java.util.concurrent.RecursiveTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Fork-join pools in each way of use under load, while somebody else rolls them, or nobody. */
final class ForkJoinStress {
    private static final int WIDTH = 3;
    private static final long STALL = TimeUnit.SECONDS.toMillis(20);

    private final long millis;
    final List<String> violations = new ArrayList<>();
    final List<String> facts = new ArrayList<>();
    /** The largest number of workers seen, of each own pool in turn. */
    final List<Integer> sizes = new ArrayList<>();

    private final Queue<Thread> made = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pools = new AtomicInteger();

    ForkJoinStress(long millis) {
        this.millis = millis;
    }

    void all() throws InterruptedException {
        ForkJoinPool lifo = pool(false);
        drive("recursive", lifo, () -> sum(lifo));
        end("recursive", lifo);
        ForkJoinPool fifo = pool(true);
        drive("async", fifo, () -> batch(fifo, 64));
        end("async", fifo);
        ForkJoinPool full = pool(true);
        drive("saturated", full, () -> batch(full, 2_000));
        end("saturated", full);
        ForkJoinPool blocked = pool(false);
        drive("blocked", blocked, () -> block(blocked));
        end("blocked", blocked);
        drive("futures", ForkJoinPool.commonPool(), ForkJoinStress::chain);
        drive("streams", ForkJoinPool.commonPool(), ForkJoinStress::stream);
        shutDown();
    }

    private ForkJoinPool pool(boolean async) {
        String stem = "fjstress" + pools.incrementAndGet() + "-";
        return new ForkJoinPool(
                WIDTH,
                of -> {
                    ForkJoinWorkerThread thread = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(of);
                    thread.setName(stem + made.size());
                    made.add(thread);
                    return thread;
                },
                null,
                async);
    }

    /** Two threads do it on and on; each time must end, and be right. */
    private void drive(String name, ForkJoinPool pool, Callable<Boolean> work) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        AtomicLong rounds = new AtomicLong();
        AtomicLong worst = new AtomicLong();
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        List<Thread> drivers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Thread driver = new Thread(
                    () -> {
                        while (System.nanoTime() - end < 0 && seen.isEmpty()) {
                            long begun = System.nanoTime();
                            String wrong = once(work);
                            if (wrong != null) {
                                seen.add(wrong);
                            }
                            worst.accumulateAndGet(System.nanoTime() - begun, Math::max);
                            rounds.incrementAndGet();
                        }
                    },
                    "driver-" + i);
            drivers.add(driver);
            driver.start();
        }
        int largest = 0;
        for (Thread driver : drivers) {
            while (driver.isAlive()) {
                largest = Math.max(largest, pool.getPoolSize());
                LockSupport.parkNanos(200_000);
            }
        }
        seen.forEach(each -> violations.add(name + ": " + each + ", " + pool));
        sizes.add(largest);
        facts.add(name + ": " + rounds + " rounds, worst " + worst.get() / 1_000_000 + " ms, largest " + largest);
    }

    private static @Nullable String once(Callable<Boolean> work) {
        try {
            return work.call() ? null : "wrong result";
        } catch (Exception e) {
            return e.toString();
        }
    }

    private static boolean sum(ForkJoinPool pool) throws Exception {
        return pool.submit(new Sum(0, 512)).get(STALL, TimeUnit.MILLISECONDS) == 512 * 511 / 2;
    }

    private static boolean batch(ForkJoinPool pool, int tasks) throws Exception {
        AtomicInteger ran = new AtomicInteger();
        Semaphore done = new Semaphore(0);
        for (int i = 0; i < tasks; i++) {
            pool.execute(() -> {
                ran.incrementAndGet();
                done.release();
            });
        }
        if (!done.tryAcquire(tasks, STALL, TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("stalled at " + ran + " of " + tasks);
        }
        return ran.get() == tasks;
    }

    /** Tasks that block as the pool is told, so that it compensates for them. */
    private static boolean block(ForkJoinPool pool) throws Exception {
        Semaphore done = new Semaphore(0);
        for (int i = 0; i < WIDTH; i++) {
            pool.execute(() -> {
                try {
                    ForkJoinPool.managedBlock(new Pause());
                    done.release();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
        }
        if (!done.tryAcquire(WIDTH, STALL, TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("stalled at " + done.availablePermits() + " of " + WIDTH);
        }
        return true;
    }

    private static final class Pause implements ForkJoinPool.ManagedBlocker {
        private boolean over;

        @Override
        public boolean block() {
            LockSupport.parkNanos(200_000);
            over = true;
            return true;
        }

        @Override
        public boolean isReleasable() {
            return over;
        }
    }

    private static boolean chain() throws Exception {
        CompletableFuture<Integer> all = CompletableFuture.supplyAsync(() -> 0);
        for (int i = 0; i < 20; i++) {
            all = all.thenApplyAsync(n -> n + 1).thenCombineAsync(CompletableFuture.supplyAsync(() -> 1), Integer::sum);
        }
        return all.get(STALL, TimeUnit.MILLISECONDS) == 40;
    }

    private static boolean stream() {
        return IntStream.range(0, 20_000).parallel().filter(n -> n % 3 == 0).count() == 6_667;
    }

    /** One pool after the other, each shut down in the middle of its work: what was accepted must run. */
    private void shutDown() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        int rounds = 0;
        for (; System.nanoTime() - end < 0; rounds++) {
            ForkJoinPool pool = pool(rounds % 2 == 0);
            AtomicInteger ran = new AtomicInteger();
            int accepted = 0;
            List<Future<?>> futures = new ArrayList<>();
            try {
                for (; accepted < 200; accepted++) {
                    futures.add(pool.submit(ran::incrementAndGet));
                }
                LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(rounds % 23 * 200L));
            } catch (RejectedExecutionException e) {
                violations.add("shutdown: refused before it was shut down");
            }
            pool.shutdown();
            end("shutdown", pool);
            if (ran.get() != accepted || futures.stream().anyMatch(Future::isCancelled)) {
                violations.add("shutdown: " + ran + " of " + accepted + " ran");
            }
        }
        facts.add("shutdown: " + rounds + " pools");
    }

    private void end(String name, ForkJoinPool pool) throws InterruptedException {
        pool.shutdown();
        if (!pool.awaitTermination(STALL, TimeUnit.MILLISECONDS)) {
            violations.add(name + ": does not terminate, " + pool);
        }
        for (Thread thread = made.poll(); thread != null; thread = made.poll()) {
            if (thread.getState() != Thread.State.NEW) {
                thread.join(5_000);
            }
            if (thread.isAlive()) {
                violations.add(name + ": " + thread.getName() + " is still alive");
            }
        }
    }

    private static final class Sum extends RecursiveTask<Integer> {
        private static final long serialVersionUID = 1;
        private final int from;
        private final int to;

        Sum(int from, int to) {
            this.from = from;
            this.to = to;
        }

        @Override
        protected Integer compute() {
            if (to - from == 1) {
                return from;
            }
            int middle = (from + to) >>> 1;
            Sum right = new Sum(middle, to);
            right.fork();
            return new Sum(from, middle).compute() + right.join();
        }
    }
}
