// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** Pools as Tomcat's endpoints make them. */
record TomcatPool(ClassLoader loader) {
    private static final String PACKAGE = "org.apache.tomcat.util.threads.";

    static TomcatPool of(String version) {
        return new TomcatPool(PoolCopies.loader("tomcat-embed-core-" + version));
    }

    ExecutorService make(int size, ThreadFactory factory) {
        try {
            Object queue = type("TaskQueue").getConstructor().newInstance();
            ExecutorService pool = (ExecutorService) type("ThreadPoolExecutor")
                    .getConstructor(
                            int.class, int.class, long.class, TimeUnit.class, BlockingQueue.class, ThreadFactory.class)
                    .newInstance(size, size, 60L, TimeUnit.SECONDS, queue, factory);
            type("TaskQueue").getMethod("setParent", type("ThreadPoolExecutor")).invoke(queue, pool);
            return pool;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Makes threads with Tomcat's wrapper around the worker. */
    ThreadFactory taskThreads(String name) {
        try {
            return (ThreadFactory) type("TaskThreadFactory")
                    .getConstructor(String.class, boolean.class, int.class)
                    .newInstance(name, true, Thread.NORM_PRIORITY);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    static int submitted(ExecutorService pool) throws ReflectiveOperationException {
        return (int) pool.getClass().getMethod("getSubmittedCount").invoke(pool);
    }

    private Class<?> type(String name) throws ClassNotFoundException {
        return loader.loadClass(PACKAGE + name);
    }
}
