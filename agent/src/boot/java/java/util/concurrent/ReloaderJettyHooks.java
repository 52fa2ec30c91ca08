// SPDX-License-Identifier: Apache-2.0
package java.util.concurrent;

/**
 * What the woven code of Jetty's QueuedThreadPool calls, whatever the package it was moved to. Defined into java.base,
 * like {@link ReloaderHooks}, and as simple. Runs on the host's threads.
 */
public final class ReloaderJettyHooks {

    /** The agent's answers. Implementations never throw. */
    public interface Handler {

        /** The current thread, without a job, is about to wait for one: whether it shall leave instead. */
        boolean leaves();

        /** The current thread waits no more, with a job or without. */
        void polled();

        /** The current thread has a job and is about to run it. */
        void begins();

        /** The current thread has run its job. */
        void ends();

        /** The current thread has counted itself as idle after a job: whether it shall leave. */
        boolean leavesAfterJob();

        /** Whether the current thread has handed its place over and must end. */
        boolean evicts();

        /** Whether the current thread has handed its place over and must not be subtracted from its pool. */
        boolean skipsCount();

        /** Whether the current thread, about to wait in reserve, shall not. */
        boolean unreserves(Object reserved);

        /** Whether the current thread, about to select, shall stop producing; it must be replaced as producer. */
        boolean stopsSelecting(Object producer);

        /** A worker thread has begun to run. */
        void started(Object runner);

        /** The current thread has left its pool, and ends. */
        void ended(Object runner);
    }

    /** Whether a roll is under way. Plain for the same reason as {@link ReloaderHooks#rolling}. */
    public static boolean rolling;

    /** The installed handler, or null; set before anything is woven. */
    public static volatile Handler handler;

    private ReloaderJettyHooks() {}

    public static boolean leaves() {
        Handler h = handler;
        return h != null && h.leaves();
    }

    public static void polled() {
        Handler h = handler;
        if (h != null) {
            h.polled();
        }
    }

    public static void begins() {
        Handler h = handler;
        if (h != null) {
            h.begins();
        }
    }

    public static void ends() {
        Handler h = handler;
        if (h != null) {
            h.ends();
        }
    }

    public static boolean leavesAfterJob() {
        Handler h = handler;
        return h != null && h.leavesAfterJob();
    }

    public static boolean evicts() {
        Handler h = handler;
        return h != null && h.evicts();
    }

    public static boolean skipsCount() {
        Handler h = handler;
        return h != null && h.skipsCount();
    }

    public static boolean unreserves(Object reserved) {
        Handler h = handler;
        return h != null && h.unreserves(reserved);
    }

    public static boolean stopsSelecting(Object producer) {
        Handler h = handler;
        return h != null && h.stopsSelecting(producer);
    }

    public static void started(Object runner) {
        Handler h = handler;
        if (h != null) {
            h.started(runner);
        }
    }

    public static void ended(Object runner) {
        Handler h = handler;
        if (h != null) {
            h.ended(runner);
        }
    }
}
