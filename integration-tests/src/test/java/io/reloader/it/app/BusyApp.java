// SPDX-License-Identifier: Apache-2.0
package io.reloader.it.app;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/** An application that computes and makes garbage on every thread it has, for as long as it lives. */
public final class BusyApp {
    private static final AtomicLong SUM = new AtomicLong();

    private BusyApp() {}

    public static void main(String[] args) {
        ExecutorService http = Executors.newFixedThreadPool(2, task -> new Thread(task, "http-" + System.nanoTime()));
        ExecutorService jobs =
                Executors.newScheduledThreadPool(1, task -> new Thread(task, "jobs-" + System.nanoTime()));
        for (int i = 0; i < 2; i++) {
            again(http);
        }
        again(jobs);
        System.out.println("ready");
    }

    private static void again(ExecutorService pool) {
        pool.execute(() -> {
            work();
            again(pool);
        });
    }

    private static void work() {
        byte[][] garbage = new byte[64][];
        long sum = 0;
        for (int i = 0; i < 2_000; i++) {
            garbage[i % garbage.length] = new byte[ThreadLocalRandom.current().nextInt(64, 4096)];
            sum += Integer.toString(i).hashCode();
        }
        SUM.addAndGet(sum + garbage.length);
    }
}
