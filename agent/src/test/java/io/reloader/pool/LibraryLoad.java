// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/** Numbered tasks put into one pool of a library by several threads, and the account of what became of each. */
final class LibraryLoad {
    private static final int SUBMITTERS = 2;

    final ExecutorService pool;
    final Queue<Thread> made = new ConcurrentLinkedQueue<>();
    final AtomicLong accepted = new AtomicLong();
    final AtomicLong ran = new AtomicLong();
    private final int size;
    private final AtomicLong twice = new AtomicLong();
    private final AtomicLong interrupted = new AtomicLong();
    private final AtomicLong disordered = new AtomicLong();
    private final AtomicLong crowded = new AtomicLong();
    private final AtomicInteger running = new AtomicInteger();
    private final Semaphore window = new Semaphore(512);
    private final long[] lastOf = new long[SUBMITTERS];
    private final Queue<String> seen = new ConcurrentLinkedQueue<>();
    private final List<Thread> submitters = new ArrayList<>();
    /** Set by the driver; read by submitters. */
    private volatile boolean ended;

    /** @param size how many threads the pool that is made has from its first task on, and never more or fewer */
    LibraryLoad(int size, Function<ThreadFactory, ExecutorService> maker) {
        this.size = size;
        pool = maker.apply(this::thread);
    }

    private Thread thread(Runnable worker) {
        Thread thread = new Thread(
                () -> {
                    worker.run();
                    if (Thread.currentThread().isInterrupted() && !shutDown()) {
                        seen.add("code around a worker saw an interrupt");
                    }
                },
                "library-" + made.size());
        made.add(thread);
        return thread;
    }

    private boolean shutDown() {
        return pool.isShutdown();
    }

    /** Runs for this long; returns what was wrong. */
    List<String> steady(long millis) throws InterruptedException {
        begin();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (System.nanoTime() - end < 0) {
            int now = size(pool);
            if (made.size() >= size && ran.get() > 1_000 && now != size) {
                seen.add("pool size " + now + " instead of " + size);
            }
            LockSupport.parkNanos(100_000);
        }
        endSubmitting();
        pool.shutdown();
        return account();
    }

    /** Shuts the pool down in the middle of its work; returns what was wrong. */
    List<String> cutShort(long millis) throws InterruptedException {
        feed(millis);
        pool.shutdown();
        endSubmitting();
        return account();
    }

    /** The same once nobody submits any more, and before all that was submitted has run. */
    List<String> cutShortUnfed(long millis) throws InterruptedException {
        feed(millis);
        endSubmitting();
        pool.shutdown();
        return account();
    }

    static int size(ExecutorService pool) {
        try {
            return (int) pool.getClass().getMethod("getPoolSize").invoke(pool);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private void feed(long millis) {
        begin();
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    private void begin() {
        for (int i = 0; i < SUBMITTERS; i++) {
            int number = i;
            Thread thread = new Thread(() -> submit(number), "submitter-" + i);
            submitters.add(thread);
            thread.start();
        }
    }

    private void submit(int number) {
        for (long n = 1; !ended; n++) {
            try {
                if (!window.tryAcquire(10, TimeUnit.MILLISECONDS)) {
                    continue;
                }
                pool.execute(new Task(number, n));
                accepted.incrementAndGet();
                if (n % 64 == 0) {
                    LockSupport.parkNanos(200_000);
                }
            } catch (RejectedExecutionException e) {
                window.release();
                if (!pool.isShutdown()) {
                    seen.add("a task was refused: " + e);
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void endSubmitting() throws InterruptedException {
        ended = true;
        for (Thread each : submitters) {
            each.join(10_000);
        }
    }

    private List<String> account() throws InterruptedException {
        List<String> violations = new ArrayList<>(seen);
        if (!ends(pool)) {
            violations.add("does not terminate: " + pool);
        }
        for (Thread thread : made) {
            if (thread.getState() != Thread.State.NEW) {
                thread.join(5_000);
            }
            if (thread.isAlive()) {
                violations.add(thread.getName() + " is still alive");
            }
        }
        count(violations, accepted.get() - ran.get(), "tasks lost");
        count(violations, twice.get(), "tasks ran twice");
        count(violations, interrupted.get(), "tasks saw an interrupt");
        count(violations, disordered.get(), "tasks ran out of order");
        count(violations, crowded.get(), "tasks ran above the concurrency");
        return violations;
    }

    /** JBoss' awaitTermination returns at any unpark of the thread that waits. */
    static boolean ends(ExecutorService pool) throws InterruptedException {
        long start = System.nanoTime();
        while (!pool.awaitTermination(1, TimeUnit.SECONDS)) {
            if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(20)) {
                return false;
            }
        }
        return true;
    }

    private static void count(List<String> violations, long number, String what) {
        if (number != 0) {
            violations.add(number + " " + what);
        }
    }

    private final class Task implements Runnable {
        private final int submitter;
        private final long number;
        private final AtomicInteger runs = new AtomicInteger();

        Task(int submitter, long number) {
            this.submitter = submitter;
            this.number = number;
        }

        @Override
        public void run() {
            if (running.incrementAndGet() > size) {
                crowded.incrementAndGet();
            }
            if (runs.getAndIncrement() != 0) {
                twice.incrementAndGet();
            }
            if (Thread.currentThread().isInterrupted()) {
                interrupted.incrementAndGet();
            }
            if (size == 1) {
                if (number < lastOf[submitter]) {
                    disordered.incrementAndGet();
                }
                lastOf[submitter] = number;
            }
            if (number % 16 == 0) {
                LockSupport.parkNanos(20_000);
            }
            running.decrementAndGet();
            ran.incrementAndGet();
            window.release();
        }
    }
}
