// SPDX-License-Identifier: Apache-2.0
package com.example.orders;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads called {@code name-1}, {@code name-2} and so on. */
final class NamedThreads implements ThreadFactory {
    private final String name;
    private final AtomicInteger started = new AtomicInteger();

    NamedThreads(String name) {
        this.name = name;
    }

    @Override
    public Thread newThread(Runnable work) {
        Thread thread = new Thread(work, name + "-" + started.incrementAndGet());
        // A thread first needed during a request would else keep the web application's class loader.
        thread.setContextClassLoader(NamedThreads.class.getClassLoader());
        return thread;
    }
}
