// SPDX-License-Identifier: Apache-2.0
package com.example.webapp;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jboss.threads.EnhancedQueueExecutor;

/** Starts a pool of each kind with the application, and ends them with it as a careful developer does. */
public final class Pools implements ServletContextListener {
    private final QueuedThreadPool jetty = new QueuedThreadPool(4, 4);
    private final List<ExecutorService> executors = new ArrayList<>();

    @Override
    public void contextInitialized(ServletContextEvent event) {
        jetty.setReservedThreads(0);
        executors.add(new OwnPool());
        executors.add(new ScheduledThreadPoolExecutor(1, task -> new OwnThread(task)));
        executors.add(new ForkJoinPool(2));
        executors.add(new EnhancedQueueExecutor.Builder()
                .setCorePoolSize(2)
                .setMaximumPoolSize(2)
                .setThreadFactory(OwnThread::new)
                .build());
        try {
            jetty.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        event.getServletContext().setAttribute("jetty", jetty);
        event.getServletContext().setAttribute("executors", executors);
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        try {
            jetty.stop();
            for (ExecutorService executor : executors) {
                executor.shutdown();
                if (!executor.awaitTermination(10, TimeUnit.SECONDS)) {
                    System.out.println("not terminated: " + executor);
                }
            }
            for (Map.Entry<Thread, StackTraceElement[]> entry :
                    Thread.getAllStackTraces().entrySet()) {
                if (entry.getKey().getContextClassLoader() == getClass().getClassLoader()
                        && entry.getKey() != Thread.currentThread()) {
                    entry.getKey().join(TimeUnit.SECONDS.toMillis(10));
                }
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** A pool class of the application's. */
    private static final class OwnPool extends ThreadPoolExecutor {
        OwnPool() {
            super(2, 2, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), OwnThread::new);
            prestartAllCoreThreads();
        }
    }

    /** A thread class of the application's. */
    private static final class OwnThread extends Thread {
        OwnThread(Runnable task) {
            super(task, "own");
        }
    }
}
