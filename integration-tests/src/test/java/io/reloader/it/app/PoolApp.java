// SPDX-License-Identifier: Apache-2.0
package io.reloader.it.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An application with a request pool ({@code http}, 4 threads) and a background pool ({@code jobs}, 2 threads), told
 * what to do over its standard input: {@code greet} answers with the class named by {@code -Dgreeting},
 * {@code hold} keeps a worker of http busy until {@code release}, {@code hold-job} one of jobs.
 */
public final class PoolApp {
    private static final CountDownLatch RELEASE = new CountDownLatch(1);

    private PoolApp() {}

    public static void main(String[] args) throws Exception {
        ThreadPoolExecutor http =
                new ThreadPoolExecutor(4, 4, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), named("http"));
        http.prestartAllCoreThreads();
        ScheduledThreadPoolExecutor jobs = new ScheduledThreadPoolExecutor(2, named("jobs"));
        jobs.prestartAllCoreThreads();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook ran")));
        System.out.println("ready");
        listen(http, jobs);
    }

    private static void listen(ThreadPoolExecutor http, ScheduledThreadPoolExecutor jobs) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            switch (line) {
                case "greet" -> http.execute(() -> System.out.println(greeting()));
                case "hold" -> http.execute(PoolApp::hold);
                case "hold-job" -> jobs.execute(PoolApp::hold);
                case "release" -> RELEASE.countDown();
                case "quit" -> System.exit(0);
                default -> System.out.println("unknown: " + line);
            }
        }
    }

    private static void hold() {
        System.out.println("holding in " + Thread.currentThread().getName());
        boolean interrupted = false;
        try {
            RELEASE.await();
        } catch (InterruptedException e) {
            interrupted = true;
        }
        System.out.println("released, interrupted=" + interrupted);
    }

    private static String greeting() {
        try {
            Class<?> type = Class.forName(System.getProperty("greeting", "com.acme.Greeting"));
            Object greeting = type.getDeclaredConstructor().newInstance();
            return "greeting: " + greeting + " from " + Thread.currentThread().getName();
        } catch (ReflectiveOperationException | LinkageError e) {
            return "greeting failed: " + e;
        }
    }

    private static ThreadFactory named(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> new Thread(task, name + "-" + count.incrementAndGet());
    }
}
