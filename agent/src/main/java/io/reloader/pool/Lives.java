// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

/** The begin and the end of each worker, for whoever watches. Used by the workers' threads; nothing escapes. */
final class Lives {
    private static final String THE_JDK = "jdk.internal.";

    private final WorkerWatch watch;

    Lives(WorkerWatch watch) {
        this.watch = watch;
    }

    /** The current thread, a worker of this pool, is about to look for its first unit of work. */
    void began(Object pool) {
        Thread me = Thread.currentThread();
        if (watched(me)) {
            watch.began(pool, PoolNames.stem(me.getName()));
        }
    }

    /** The current thread has left this pool. */
    void left(Object pool) {
        Thread me = Thread.currentThread();
        if (watched(me)) {
            watch.left(pool, PoolNames.stem(me.getName()));
        }
    }

    /** Threads that the JDK keeps for itself have stacks of a few pages, and no application. */
    private boolean watched(Thread thread) {
        return watch != WorkerWatch.NOBODY && !thread.getClass().getName().startsWith(THE_JDK);
    }
}
