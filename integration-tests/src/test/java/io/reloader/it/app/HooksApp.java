// SPDX-License-Identifier: Apache-2.0
package io.reloader.it.app;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * An application whose tasks need what a hook has prepared on their thread. Told {@code go}, it makes a pool {@code http}
 * and a fork-join pool {@code forked} and keeps them busy; told {@code stop}, it ends them, and says what it has counted.
 */
public final class HooksApp {
    private static final ThreadLocal<Thread> PREPARED = new ThreadLocal<>();
    private static final Semaphore ROOM = new Semaphore(64);
    private static final AtomicInteger STARTED = new AtomicInteger();
    private static final AtomicInteger STOPPED = new AtomicInteger();
    private static final AtomicInteger FAILED = new AtomicInteger();
    private static final AtomicLong SUBMITTED = new AtomicLong();
    private static final AtomicLong DONE = new AtomicLong();

    private static volatile boolean working = true;

    private HooksApp() {}

    static void started(Map<String, Object> worker) {
        if (ours(worker)) {
            STARTED.incrementAndGet();
            expect(PREPARED.get() == null, "told twice that it starts");
            PREPARED.set(Thread.currentThread());
        }
    }

    static void stopped(Map<String, Object> worker) {
        if (ours(worker)) {
            expect(PREPARED.get() == Thread.currentThread(), "told to stop on a thread that was not told to start");
            PREPARED.remove();
            STOPPED.incrementAndGet();
        }
    }

    static void before(Map<String, Object> reload) {
        System.out.println("before " + reload.get("reload") + " of " + reload.get("pools"));
    }

    static void after(Map<String, Object> reload) {
        System.out.println("after " + reload.get("reload") + ": " + reload.get("verdict"));
    }

    static void hang() throws InterruptedException {
        new CountDownLatch(1).await();
    }

    static void fail() {
        throw new IllegalStateException("no database");
    }

    void instance() {}

    private static boolean ours(Map<String, Object> worker) {
        return worker.get("pool").equals("http") || worker.get("pool").equals("forked");
    }

    private static void expect(boolean met, String failure) {
        if (!met) {
            FAILED.incrementAndGet();
            System.out.println("failure: " + failure + " in " + Thread.currentThread());
        }
    }

    public static void main(String[] args) throws Exception {
        System.out.println("ready");
        if (System.in.read() < 0) {
            return;
        }
        ExecutorService http = Executors.newFixedThreadPool(4, named());
        ForkJoinPool forked = new ForkJoinPool(2, HooksApp::worker, null, true);
        Thread submitter = new Thread(() -> submit(http, forked), "submitter");
        submitter.start();
        System.out.println("working");
        int told = System.in.read();
        while (told != 's' && told >= 0) {
            told = System.in.read();
        }
        working = false;
        submitter.join();
        http.shutdown();
        forked.shutdown();
        boolean ended = http.awaitTermination(20, TimeUnit.SECONDS) && forked.awaitTermination(20, TimeUnit.SECONDS);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (STOPPED.get() < STARTED.get() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(1_000_000);
        }
        System.out.println("ended=" + ended + " lost=" + (SUBMITTED.get() - DONE.get()) + " failed=" + FAILED + " left="
                + (STARTED.get() - STOPPED.get()) + " workers=" + STARTED);
        System.exit(0);
    }

    private static void submit(ExecutorService... pools) {
        while (working) {
            for (ExecutorService pool : pools) {
                ROOM.acquireUninterruptibly();
                SUBMITTED.incrementAndGet();
                pool.execute(HooksApp::task);
            }
        }
    }

    private static void task() {
        expect(PREPARED.get() == Thread.currentThread(), "a task on a thread that nothing was prepared for");
        DONE.incrementAndGet();
        ROOM.release();
    }

    private static ThreadFactory named() {
        AtomicInteger count = new AtomicInteger();
        return task -> new Thread(task, "http-" + count.incrementAndGet());
    }

    private static ForkJoinWorkerThread worker(ForkJoinPool pool) {
        ForkJoinWorkerThread worker = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
        worker.setName("forked-" + worker.getPoolIndex());
        return worker;
    }
}
