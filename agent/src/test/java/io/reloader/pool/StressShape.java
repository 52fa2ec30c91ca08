// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The shapes of executors under stress, and what each promises. */
enum StressShape {
    FIXED(4, true, 4) {
        @Override
        ThreadPoolExecutor make(ThreadFactory factory) {
            return new ThreadPoolExecutor(4, 4, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
        }
    },
    SINGLE(1, true, 1) {
        @Override
        ThreadPoolExecutor make(ThreadFactory factory) {
            return new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
        }
    },
    CACHED(0, false, Integer.MAX_VALUE) {
        @Override
        ThreadPoolExecutor make(ThreadFactory factory) {
            return new ThreadPoolExecutor(0, Integer.MAX_VALUE, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), factory);
        }
    },
    HANDOFF(4, true, 4) {
        @Override
        ThreadPoolExecutor make(ThreadFactory factory) {
            return new ThreadPoolExecutor(4, 4, 0, TimeUnit.SECONDS, new SynchronousQueue<>(), factory);
        }
    },
    CORE_TIME_OUT(3, false, 3) {
        @Override
        ThreadPoolExecutor make(ThreadFactory factory) {
            ThreadPoolExecutor pool =
                    new ThreadPoolExecutor(3, 3, 1, TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>(), factory);
            pool.allowCoreThreadTimeOut(true);
            return pool;
        }
    },
    PRIORITY(3, true, 3) {
        @Override
        ThreadPoolExecutor make(ThreadFactory factory) {
            return new ThreadPoolExecutor(
                    3,
                    3,
                    0,
                    TimeUnit.SECONDS,
                    new PriorityBlockingQueue<>(64, (a, b) -> Integer.compare(b.hashCode(), a.hashCode())),
                    factory);
        }
    },
    HOOKED(3, true, 3) {
        @Override
        ThreadPoolExecutor make(ThreadFactory factory) {
            return new Hooked(factory);
        }
    },
    SCHEDULER(1, true, 1) {
        @Override
        ThreadPoolExecutor make(ThreadFactory factory) {
            return new ScheduledThreadPoolExecutor(1, factory);
        }
    },
    SCHEDULERS(4, true, 4) {
        @Override
        ThreadPoolExecutor make(ThreadFactory factory) {
            return new ScheduledThreadPoolExecutor(4, factory);
        }
    };

    final int core;
    /** Whether the number of threads never changes. */
    final boolean constant;

    final int concurrency;

    StressShape(int core, boolean constant, int concurrency) {
        this.core = core;
        this.constant = constant;
        this.concurrency = concurrency;
    }

    abstract ThreadPoolExecutor make(ThreadFactory factory);

    /** Runs after each task what an interrupt would upset. */
    static final class Hooked extends ThreadPoolExecutor {
        Hooked(ThreadFactory factory) {
            super(3, 3, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
        }

        @Override
        protected void beforeExecute(Thread thread, Runnable task) {
            check(thread == Thread.currentThread());
        }

        @Override
        protected void afterExecute(Runnable task, Throwable thrown) {
            check(thrown == null);
        }

        private static void check(boolean fine) {
            if (!fine || Thread.currentThread().isInterrupted()) {
                StressLoad.upset.incrementAndGet();
            }
        }
    }
}
