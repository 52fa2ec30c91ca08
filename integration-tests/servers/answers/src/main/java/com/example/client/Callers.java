// SPDX-License-Identifier: Apache-2.0
package com.example.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;

/** The threads of a client that calls a server until it is refused. */
public final class Callers {
    private static final int WARM = 20;

    private final List<Thread> threads = new ArrayList<>();

    /** So many more, numbered from 0. */
    public void add(int count, String name, IntConsumer call) {
        for (int i = 0; i < count; i++) {
            int number = i;
            threads.add(new Thread(() -> call.accept(number), name + "-" + i));
        }
    }

    /** Returns when all have been refused. Says so once there are some answers for each. */
    public void run(IntSupplier answers) throws InterruptedException {
        threads.forEach(Thread::start);
        System.out.println("calling");
        while (answers.getAsInt() < WARM * threads.size() && threads.stream().anyMatch(Thread::isAlive)) {
            LockSupport.parkNanos(1_000_000);
        }
        System.out.println("warm");
        for (Thread each : threads) {
            each.join();
        }
    }

    /** Between two calls. */
    public static void pause() {
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(2_000_000));
    }
}
