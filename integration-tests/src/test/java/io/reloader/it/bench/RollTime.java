// SPDX-License-Identifier: Apache-2.0
package io.reloader.it.bench;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;

/**
 * How long it takes to roll an idle pool: run with the agent, it signals itself and prints the milliseconds until the
 * last old worker is dead. Arguments: the pool's class, its width, how often.
 */
final class RollTime {
    private static final String RELOAD_WORKERS = "USR1";

    private RollTime() {}

    public static void main(String[] args) throws Exception {
        int width = Integer.parseInt(args[1]);
        ExecutorService pool =
                args[0].equals("ForkJoinPool") ? new ForkJoinPool(width) : Executors.newFixedThreadPool(width);
        for (int i = 0; i < Integer.parseInt(args[2]); i++) {
            Set<Thread> old = fill(pool, width);
            // Until the last of them waits for a task again.
            Thread.sleep(500);
            long start = System.nanoTime();
            signal();
            for (Thread each : old) {
                each.join();
            }
            System.out.println(
                    args[0] + " of " + width + ": " + (System.nanoTime() - start) / 1_000_000 + " ms to roll");
        }
        System.exit(0);
    }

    private static Set<Thread> fill(ExecutorService pool, int width) throws InterruptedException {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        CountDownLatch all = new CountDownLatch(width);
        for (int i = 0; i < width; i++) {
            pool.execute(() -> {
                threads.add(Thread.currentThread());
                all.countDown();
                try {
                    all.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
        }
        all.await();
        return threads;
    }

    private static void signal() throws Exception {
        long pid = ProcessHandle.current().pid();
        new ProcessBuilder("kill", "-" + RELOAD_WORKERS, Long.toString(pid))
                .start()
                .waitFor();
    }
}
