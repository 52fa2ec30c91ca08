// SPDX-License-Identifier: Apache-2.0
package io.reloader.it.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Eight workers, or virtual threads, that run com.acme.Driver without end and count the tasks that met two versions. */
public final class MixingApp {
    private static final LongAdder TASKS = new LongAdder();
    private static final LongAdder MIXED = new LongAdder();
    private static final Semaphore PLACES = new Semaphore(200);

    private MixingApp() {}

    public static void main(String[] args) throws Exception {
        boolean virtual = args[0].equals("virtual");
        ExecutorService workers = workers(virtual);
        Predicate<Runnable> driver = driver();
        // To a platform thread on a busy machine a yield is a long pause.
        Runnable pause = virtual ? MixingApp::giveWay : MixingApp::spin;
        Thread feeder = new Thread(() -> feed(workers, driver, pause), "feeder");
        feeder.setDaemon(true);
        feeder.start();
        System.out.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        CountDownLatch release = new CountDownLatch(1);
        int held = 0;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            switch (line) {
                case "hold" -> {
                    release = new CountDownLatch(1);
                    hold(workers, driver, ++held, release);
                }
                case "release" -> release.countDown();
                case "mark" -> System.out.println("mark=" + driver);
                case "measure" -> measure();
                case "retransform" -> OtherAgent.retransform();
                default -> System.out.println("tasks=" + TASKS.sum() + " mixed=" + MIXED.sum());
            }
        }
    }

    private static void measure() throws IOException {
        System.gc();
        long metaspace = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getName().equals("Metaspace"))
                .mapToLong(pool -> pool.getUsage().getUsed())
                .sum();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        System.out.println("heap=" + heap / 1024 + " metaspace=" + metaspace / 1024 + " threads=" + count("task")
                + " files=" + count("fd"));
    }

    private static long count(String what) throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc/self", what))) {
            return all.count();
        }
    }

    @SuppressWarnings("unchecked")
    private static Predicate<Runnable> driver() throws ReflectiveOperationException {
        return Class.forName("com.acme.Driver")
                .asSubclass(Predicate.class)
                .getDeclaredConstructor()
                .newInstance();
    }

    private static ExecutorService workers(boolean virtual) throws ReflectiveOperationException {
        if (virtual) {
            // Compiled for 17.
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        }
        AtomicInteger count = new AtomicInteger();
        return Executors.newFixedThreadPool(8, task -> new Thread(task, "http-" + count.incrementAndGet()));
    }

    private static void feed(ExecutorService workers, Predicate<Runnable> driver, Runnable pause) {
        while (true) {
            PLACES.acquireUninterruptibly();
            workers.execute(() -> {
                run(driver, pause);
                PLACES.release();
            });
        }
    }

    /** A task that has begun, and does not go on before it is released. */
    private static void hold(ExecutorService workers, Predicate<Runnable> driver, int number, CountDownLatch release) {
        workers.execute(() -> run(driver, () -> {
            if (release.getCount() > 0) {
                System.out.println("held " + number);
                await(release);
            }
        }));
    }

    private static void run(Predicate<Runnable> driver, Runnable pause) {
        if (driver.test(pause)) {
            MIXED.increment();
        }
        TASKS.increment();
    }

    @SuppressWarnings("ThreadPriorityCheck")
    private static void giveWay() {
        Thread.yield();
        spin();
    }

    private static void spin() {
        for (int i = 0; i < 50; i++) {
            Thread.onSpinWait();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
