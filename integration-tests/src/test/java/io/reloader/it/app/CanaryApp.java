// SPDX-License-Identifier: Apache-2.0
package io.reloader.it.app;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import java.util.function.ToIntFunction;

/**
 * Eight workers that run com.acme.Driver without end, a few milliseconds each. Counts its answers by version, those that
 * met two versions, and its errors. Upon command one unit of work of some version is held, or the workers probe for a
 * class that does not link, as libraries do.
 */
public final class CanaryApp {
    private static final Map<Integer, LongAdder> ANSWERS = new ConcurrentSkipListMap<>();
    private static final LongAdder MIXED = new LongAdder();
    private static final LongAdder ERRORS = new LongAdder();
    private static final LongAdder PROBES = new LongAdder();
    private static final Set<String> FAILING = ConcurrentHashMap.newKeySet();
    private static final Semaphore PLACES = new Semaphore(16);
    private static final AtomicInteger HELD_VERSION = new AtomicInteger(-1);

    /** Written by the main thread. */
    private static volatile CountDownLatch release = new CountDownLatch(1);

    /** Written by the main thread. */
    private static volatile boolean probing;

    private CanaryApp() {}

    public static void main(String[] args) throws Exception {
        AtomicInteger count = new AtomicInteger();
        ExecutorService workers =
                Executors.newFixedThreadPool(8, task -> new Thread(task, "http-" + count.incrementAndGet()));
        ToIntFunction<IntConsumer> driver = driver();
        Thread feeder = new Thread(() -> feed(workers, driver), "feeder");
        feeder.setDaemon(true);
        feeder.start();
        System.out.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            switch (line) {
                case "hold" -> HELD_VERSION.set(2);
                case "fail" -> System.setProperty("acme.fail", "true");
                case "probe" -> probing = true;
                case "release" -> release.countDown();
                case "clear" -> {
                    ANSWERS.clear();
                    System.out.println("cleared");
                }
                default ->
                    System.out.println("answers=" + ANSWERS + " mixed=" + MIXED + " errors=" + ERRORS + " failing="
                            + FAILING.size() + " probes=" + PROBES + ".");
            }
        }
        System.exit(0);
    }

    @SuppressWarnings("unchecked")
    private static ToIntFunction<IntConsumer> driver() throws ReflectiveOperationException {
        return Class.forName("com.acme.Driver")
                .asSubclass(ToIntFunction.class)
                .getDeclaredConstructor()
                .newInstance();
    }

    private static void feed(ExecutorService workers, ToIntFunction<IntConsumer> driver) {
        while (true) {
            PLACES.acquireUninterruptibly();
            workers.execute(() -> {
                try {
                    run(driver);
                    probe();
                } finally {
                    PLACES.release();
                }
            });
        }
    }

    private static void run(ToIntFunction<IntConsumer> driver) {
        try {
            int version = driver.applyAsInt(CanaryApp::pause);
            if (version < 0) {
                MIXED.increment();
            } else {
                ANSWERS.computeIfAbsent(version, key -> new LongAdder()).increment();
            }
        } catch (LinkageError e) {
            ERRORS.increment();
            FAILING.add(Thread.currentThread().getName());
        }
    }

    /** In the middle of a unit of work, between two looks at the version. */
    private static void pause(int version) {
        if (HELD_VERSION.compareAndSet(version, -1)) {
            System.out.println("held " + version);
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(3));
    }

    private static void probe() {
        if (!probing) {
            return;
        }
        try {
            Class.forName("com.acme.Optional");
        } catch (NoClassDefFoundError | ClassNotFoundException e) {
            PROBES.increment();
        }
    }
}
