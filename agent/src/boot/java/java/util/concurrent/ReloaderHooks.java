// SPDX-License-Identifier: Apache-2.0
package java.util.concurrent;

/**
 * What woven code calls. Defined into java.base, so that every class of every loader can reach it; holds no logic:
 * each method asks the handler that the agent installed. Runs on the host's threads. No lambdas, no logging.
 */
public final class ReloaderHooks {

    /** The agent's answers. Implementations never throw. */
    public interface Handler {

        /** Whether the current thread, about to be told that its pool has not reached {@code runState}, shall leave. */
        boolean retires(int runState);

        /** Whether the current thread has handed its place over and must not be subtracted from its pool. */
        boolean skipsDecrement();

        /** Whether the current thread has handed its place over and must not be replaced by its pool. */
        boolean skipsExit(Object worker);

        /** Whether a refused task was placed after all, in the gap that a retiring worker left. */
        boolean places(Object pool, Runnable task);

        /** A pool has been constructed. */
        void created(Object pool);

        /** A worker thread has begun to run. */
        void started(Object worker);

        /** The current thread has left its pool, and ends. */
        void ended(Object worker);

        /** The application has registered a handler for a signal. */
        void signalRegistered(Object signal);
    }

    /**
     * Whether a roll is under way. Plain on purpose: it is read for each task, and a worker that sees it late is
     * asked again.
     */
    public static boolean rolling;

    /** The installed handler, or null; set before anything is woven. */
    public static volatile Handler handler;

    private ReloaderHooks() {}

    public static boolean retires(int runState) {
        Handler h = handler;
        return h != null && h.retires(runState);
    }

    public static boolean skipsDecrement() {
        Handler h = handler;
        return h != null && h.skipsDecrement();
    }

    public static boolean skipsExit(Object worker) {
        Handler h = handler;
        return h != null && h.skipsExit(worker);
    }

    public static boolean places(Object pool, Runnable task) {
        Handler h = handler;
        return h != null && h.places(pool, task);
    }

    public static void created(Object pool) {
        Handler h = handler;
        if (h != null) {
            h.created(pool);
        }
    }

    public static void started(Object worker) {
        Handler h = handler;
        if (h != null) {
            h.started(worker);
        }
    }

    public static void ended(Object worker) {
        Handler h = handler;
        if (h != null) {
            h.ended(worker);
        }
    }

    public static void signalRegistered(Object signal) {
        Handler h = handler;
        if (h != null) {
            h.signalRegistered(signal);
        }
    }
}
