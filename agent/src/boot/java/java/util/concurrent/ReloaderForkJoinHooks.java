// SPDX-License-Identifier: Apache-2.0
package java.util.concurrent;

/** What woven code in ForkJoinPool calls; like {@link ReloaderHooks}, without logic. Runs on the pools' threads. */
public final class ReloaderForkJoinHooks {
    /** The worker goes on as if nothing had been asked. */
    public static final int GO_ON = 0;

    /** The worker has a successor and leaves its pool. */
    public static final int LEAVE = 1;

    /** Time has passed: the worker looks for tasks again before it waits for one. */
    public static final int LOOK_AGAIN = 2;

    /** The agent's answers. Implementations never throw, but for {@link #afterTask}. */
    public interface Handler {

        /** A pool has been constructed. */
        void created(ForkJoinPool pool);

        /** The current thread, a worker of this pool, begins to look for tasks. */
        void started(ForkJoinPool pool);

        /** What the current thread, a worker that holds no task and has found none, shall do. */
        int idle(ForkJoinPool pool);

        /** Whether the current thread, a worker that holds no task, shall leave without looking for one. */
        boolean leaves(ForkJoinPool pool);

        /** Whether the current thread, a worker, shall not go on to a further task of the queue it steals from. */
        boolean pauses();

        /** Throws {@link ReloaderForkJoinRetirement} if the current thread, a worker, shall leave after its task. */
        void afterTask();

        /** This worker is about to be taken out of its pool's books, by the current thread. */
        void left(ForkJoinWorkerThread worker);

        /** This worker has been taken out of its pool's books, by the current thread. */
        void ended(ForkJoinWorkerThread worker);
    }

    /** Whether a roll is under way. Plain on purpose, as in {@link ReloaderHooks}. */
    public static boolean rolling;

    /** The installed handler, or null; set before anything is woven. */
    public static volatile Handler handler;

    private ReloaderForkJoinHooks() {}

    public static void created(ForkJoinPool pool) {
        Handler h = handler;
        if (h != null) {
            h.created(pool);
        }
    }

    public static void started(ForkJoinPool pool) {
        Handler h = handler;
        if (h != null) {
            h.started(pool);
        }
    }

    public static int idle(ForkJoinPool pool) {
        Handler h = handler;
        return h == null ? GO_ON : h.idle(pool);
    }

    public static boolean leaves(ForkJoinPool pool) {
        Handler h = handler;
        return h != null && h.leaves(pool);
    }

    public static boolean pauses() {
        Handler h = handler;
        return h != null && h.pauses();
    }

    public static void afterTask() {
        Handler h = handler;
        if (h != null) {
            h.afterTask();
        }
    }

    public static void left(ForkJoinWorkerThread worker) {
        Handler h = handler;
        if (h != null) {
            h.left(worker);
        }
    }

    public static void ended(ForkJoinWorkerThread worker) {
        Handler h = handler;
        if (h != null) {
            h.ended(worker);
        }
    }
}
