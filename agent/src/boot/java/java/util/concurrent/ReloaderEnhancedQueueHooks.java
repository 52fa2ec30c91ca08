// SPDX-License-Identifier: Apache-2.0
package java.util.concurrent;

/** What code woven into JBoss' EnhancedQueueExecutor calls; otherwise as {@link ReloaderHooks}. */
public final class ReloaderEnhancedQueueHooks {

    /** The agent's answers. Implementations never throw. */
    public interface Handler {

        /** What the current thread, which looks for a task, shall find instead: the end of the queue; or null. */
        Object end();

        /** What the current thread shall find instead of {@code task} in the node where it waits. */
        Runnable task(Object node, Runnable task);

        /** The current thread has run a task and has not yet looked for another. */
        void rests();

        /** Whether the current thread has handed its place over and must not be subtracted from its pool. */
        boolean skipsDecrement();

        /** A pool has been constructed. */
        void created(Object pool);

        /** A worker thread has begun to run. */
        void started(Object body);

        /** The current thread has left its pool, and ends. */
        void ended(Object body);
    }

    /** Whether a roll is under way. Plain on purpose: a worker that sees it late is asked again. */
    public static boolean rolling;

    /** The installed handler, or null; set before anything is woven. */
    public static volatile Handler handler;

    private ReloaderEnhancedQueueHooks() {}

    public static Object end() {
        Handler h = handler;
        return h == null ? null : h.end();
    }

    public static Runnable task(Object node, Runnable task) {
        Handler h = handler;
        return h == null ? task : h.task(node, task);
    }

    public static void rests() {
        Handler h = handler;
        if (h != null) {
            h.rests();
        }
    }

    public static boolean skipsDecrement() {
        Handler h = handler;
        return h != null && h.skipsDecrement();
    }

    public static void created(Object pool) {
        Handler h = handler;
        if (h != null) {
            h.created(pool);
        }
    }

    public static void started(Object body) {
        Handler h = handler;
        if (h != null) {
            h.started(body);
        }
    }

    public static void ended(Object body) {
        Handler h = handler;
        if (h != null) {
            h.ended(body);
        }
    }
}
