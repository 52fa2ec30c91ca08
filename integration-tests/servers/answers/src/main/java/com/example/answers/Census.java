// SPDX-License-Identifier: Apache-2.0
package com.example.answers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Counts a pool's threads every millisecond, and tells over standard input and output, so that no pool of the server
 * takes part: {@code watch REGEX} begins to count the threads so named, {@code threads REGEX} answers with those alive,
 * {@code counted} with the smallest and largest count since {@code watch}, and of the size that the pool told, {@code slow} with the number of
 * slow requests in flight.
 */
public final class Census {
    private static final long EVERY_NANOS = 1_000_000;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    /** Names as first seen. */
    private final Map<Long, String> names = new ConcurrentHashMap<>();

    /** Written by the console's thread, read by the counting one. */
    private volatile Count count = new Count(Pattern.compile("none"));

    private final IntSupplier size;

    private Census(IntSupplier size) {
        this.size = size;
    }

    /** Says where the server listens, and begins to listen itself. */
    public static void listening(int port) {
        listening(port, () -> -1);
    }

    /** The same, with what the pool to be counted says of its size. */
    public static void listening(int port, IntSupplier size) {
        Census census = new Census(size);
        daemon("census", census::run);
        daemon("console", census::listen);
        System.out.println("listening on 127.0.0.1:" + port);
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        while (true) {
            count.add();
            LockSupport.parkNanos(EVERY_NANOS);
        }
    }

    private void listen() {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                answer(line);
            }
        } catch (IOException closed) {
            // The test has gone.
        }
    }

    private void answer(String line) {
        if (line.startsWith("watch ")) {
            count = new Count(Pattern.compile(line.substring("watch ".length())));
        } else if (line.startsWith("threads ")) {
            Pattern pattern = Pattern.compile(line.substring("threads ".length()));
            System.out.println("census: threads="
                    + named(pattern).stream().map(id -> Long.toString(id)).collect(Collectors.joining(",")));
        } else if (line.equals("slow")) {
            System.out.println("census: slow=" + Answers.slow());
        } else {
            System.out.println(count);
        }
    }

    /**
     * The live threads so named, as of one moment. Thread.enumerate looks at each thread after its snapshot: it misses one
     * that ends meanwhile, though its successor had been started before.
     */
    private List<Long> named(Pattern pattern) {
        List<Long> found = new ArrayList<>();
        for (long id : threads.getAllThreadIds()) {
            if (pattern.matcher(names.computeIfAbsent(id, this::name)).matches()) {
                found.add(id);
            }
        }
        return found;
    }

    private String name(long id) {
        ThreadInfo info = threads.getThreadInfo(id);
        return info == null ? "" : info.getThreadName();
    }

    /** The smallest and largest number seen, and size told. */
    private final class Count {
        private final Pattern counted;
        private int least = Integer.MAX_VALUE;
        private int most;
        private int leastSize = Integer.MAX_VALUE;
        private int mostSize = Integer.MIN_VALUE;

        Count(Pattern counted) {
            this.counted = counted;
        }

        synchronized void add() {
            int now = named(counted).size();
            least = Math.min(least, now);
            most = Math.max(most, now);
            int told = size.getAsInt();
            leastSize = Math.min(leastSize, told);
            mostSize = Math.max(mostSize, told);
        }

        @Override
        public synchronized String toString() {
            return "census: least=" + least + " most=" + most + " size=" + leastSize + "-" + mostSize;
        }
    }
}
