// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Numbered tasks put into one executor by several threads, and the account of what became of each. */
final class StressLoad {
    /** Hooks that saw something they should not. */
    static final AtomicInteger upset = new AtomicInteger();

    private static final int SUBMITTERS = 2;

    final StressShape shape;
    final ThreadPoolExecutor pool;
    final Queue<Thread> made = new ConcurrentLinkedQueue<>();
    final AtomicLong accepted = new AtomicLong();
    final AtomicLong ran = new AtomicLong();
    final AtomicLong rejected = new AtomicLong();
    private final AtomicLong twice = new AtomicLong();
    private final AtomicLong interrupted = new AtomicLong();
    private final AtomicLong disordered = new AtomicLong();
    private final AtomicLong crowded = new AtomicLong();
    private final AtomicInteger running = new AtomicInteger();
    private final Semaphore window = new Semaphore(512);
    private final long[] lastOf = new long[SUBMITTERS];
    private final Queue<String> seen = new ConcurrentLinkedQueue<>();
    private final Queue<Future<?>> inTheEnd = new ConcurrentLinkedQueue<>();
    private final List<Thread> submitters = new ArrayList<>();
    /** Set by the driver; read by submitters. */
    private volatile boolean ended;
    /** Whether the pool may be told to stop, and so its tasks interrupted. */
    volatile boolean stops;
    /** Whether the pool's size and times are changed. */
    volatile boolean resizes;

    StressLoad(StressShape shape) {
        this.shape = shape;
        pool = shape.make(this::thread);
        if (shape.constant) {
            pool.prestartAllCoreThreads();
        }
    }

    private Thread thread(Runnable worker) {
        if (Thread.currentThread().isInterrupted() && !stops) {
            seen.add("a thread factory saw an interrupt");
        }
        Thread thread = new Thread(
                () -> {
                    worker.run();
                    // A pool that is shut down or resized interrupts its idle workers itself.
                    if (Thread.currentThread().isInterrupted() && !resizes && !pool().isShutdown()) {
                        seen.add("code around a worker saw an interrupt");
                    }
                },
                "stress-" + shape.name() + "-" + made.size());
        made.add(thread);
        return thread;
    }

    private ThreadPoolExecutor pool() {
        return pool;
    }

    void begin() {
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
                Task task = new Task(number, n);
                if (pool instanceof ScheduledThreadPoolExecutor scheduler) {
                    Future<?> future = scheduler.schedule(task, n % 3 * 100, TimeUnit.MICROSECONDS);
                    if (pool.isShutdown()) {
                        // The scheduler itself cancels what comes in while it ends, without a word.
                        inTheEnd.add(future);
                    }
                } else {
                    pool.execute(task);
                }
                accepted.incrementAndGet();
                if (n % 64 == 0) {
                    LockSupport.parkNanos(200_000);
                }
            } catch (RejectedExecutionException e) {
                rejected.incrementAndGet();
                window.release();
                LockSupport.parkNanos(50_000);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** What a look from outside shows. */
    void look(long[] completedBefore) {
        long completed = pool.getCompletedTaskCount();
        if (completed < completedBefore[0]) {
            seen.add("completedTaskCount went back from " + completedBefore[0] + " to " + completed);
        }
        completedBefore[0] = completed;
        if (shape.constant && pool.getPoolSize() != shape.core) {
            seen.add("pool size " + pool.getPoolSize() + " instead of " + shape.core);
        }
        if (shape.constant && pool.getLargestPoolSize() != shape.core) {
            seen.add("largest pool size " + pool.getLargestPoolSize() + " instead of " + shape.core);
        }
    }

    void endSubmitting() throws InterruptedException {
        ended = true;
        for (Thread each : submitters) {
            each.join(10_000);
        }
    }

    /** The pool must end, with all its threads, and every accepted task must have run once or been given back. */
    List<String> account(long givenBack) throws InterruptedException {
        List<String> violations = new ArrayList<>(seen);
        if (!pool.awaitTermination(20, TimeUnit.SECONDS)) {
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
        long cancelled = inTheEnd.stream().filter(Future::isCancelled).count();
        count(violations, accepted.get() - ran.get() - givenBack - cancelled, "tasks lost");
        count(violations, twice.get(), "tasks ran twice");
        count(violations, interrupted.get(), "tasks saw an interrupt");
        count(violations, upset.getAndSet(0), "hooks were upset");
        count(violations, disordered.get(), "tasks ran out of order");
        count(violations, crowded.get(), "tasks ran above the concurrency");
        return violations;
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
            if (running.incrementAndGet() > shape.concurrency) {
                crowded.incrementAndGet();
            }
            if (runs.getAndIncrement() != 0) {
                twice.incrementAndGet();
            }
            if (Thread.currentThread().isInterrupted() && !stops) {
                interrupted.incrementAndGet();
            }
            if (shape == StressShape.SINGLE) {
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
