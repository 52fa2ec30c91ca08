// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Numbered tasks given to each loop of a group by several threads, and the account of what became of each. */
final class NettyLoad {
    private static final int SUBMITTERS = 3;

    private final EventLoopGroup group;
    private final List<Lane> lanes = new ArrayList<>();
    private final AtomicLong accepted = new AtomicLong();
    /** Netty's own race, rolled or not: a task that a loop accepts while it terminates may run or never run. */
    private final AtomicLong late = new AtomicLong();

    private final AtomicLong ran = new AtomicLong();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final Semaphore window = new Semaphore(512);
    private final List<Thread> submitters = new ArrayList<>();
    /** Set by the driver; read by submitters. */
    private volatile boolean ended;
    /** Set by the driver; read by submitters. */
    private volatile boolean shutDown;

    NettyLoad(EventLoopGroup group) {
        this.group = group;
        group.forEach(each -> lanes.add(new Lane(each)));
    }

    /** Runs for this long; returns what was wrong. */
    List<String> steady(long millis) throws InterruptedException {
        begin();
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
        ended = true;
        joinSubmitters();
        return account(false);
    }

    /** Shuts the loops down in the middle of their work; returns what was wrong. */
    List<String> cutShort(long millis, boolean quiet) throws InterruptedException {
        begin();
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
        return account(quiet);
    }

    private void begin() {
        for (int i = 0; i < SUBMITTERS; i++) {
            int number = i;
            Thread thread = new Thread(() -> submit(number), "netty-submitter-" + i);
            submitters.add(thread);
            thread.start();
        }
    }

    private void submit(int submitter) {
        try {
            for (long n = 1; !ended; n++) {
                if (window.tryAcquire(10, TimeUnit.MILLISECONDS)) {
                    Lane lane = lanes.get((int) (n % lanes.size()));
                    lane.loop.execute(lane.task(submitter, n));
                    if (lane.loop.isShutdown()) {
                        late.incrementAndGet();
                    } else {
                        accepted.incrementAndGet();
                    }
                    if (n % 64 == 0) {
                        LockSupport.parkNanos(200_000);
                    }
                }
            }
        } catch (RejectedExecutionException e) {
            if (!shutDown) {
                wrong.add("a task was refused: " + e);
            }
        } catch (InterruptedException e) {
            wrong.add("a submitter was interrupted");
        }
    }

    private void joinSubmitters() throws InterruptedException {
        for (Thread each : submitters) {
            each.join(10_000);
        }
    }

    private List<String> account(boolean quiet) throws InterruptedException {
        shutDown = true;
        var end = group.shutdownGracefully(0, quiet ? 200 : 0, TimeUnit.MILLISECONDS);
        if (!end.await(10_000) || !group.awaitTermination(1, TimeUnit.SECONDS)) {
            wrong.add("the group does not end");
        } else if (!end.isSuccess()) {
            wrong.add("the group ended with " + end.cause());
        }
        ended = true;
        joinSubmitters();
        long lost = accepted.get() - ran.get();
        if (lost > 0 || lost < -late.get()) {
            wrong.add(lost + " tasks lost, " + late + " given to a loop that had ended");
        }
        return new ArrayList<>(wrong);
    }

    /** One loop and what it has run. */
    private final class Lane {
        private final EventExecutor loop;
        private final long[] lastOf = new long[SUBMITTERS];
        private final AtomicBoolean running = new AtomicBoolean();

        Lane(EventExecutor loop) {
            this.loop = loop;
        }

        Runnable task(int submitter, long number) {
            return () -> {
                if (!running.compareAndSet(false, true)) {
                    wrong.add("two tasks of one loop ran at once");
                }
                if (!loop.inEventLoop()) {
                    wrong.add("a task ran outside its loop");
                }
                if (number <= lastOf[submitter]) {
                    wrong.add("task " + number + " ran after " + lastOf[submitter]);
                }
                lastOf[submitter] = number;
                if (Thread.currentThread().isInterrupted()) {
                    wrong.add("a task saw an interrupt");
                }
                running.set(false);
                ran.incrementAndGet();
                window.release();
            };
        }
    }
}
