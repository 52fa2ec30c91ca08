// SPDX-License-Identifier: Apache-2.0
package io.reloader.hook;

import io.reloader.control.Journal;
import io.reloader.control.Words;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Says which calls of hooks last longer than their deadline, on a thread of its own that ends when nobody has called for
 * a while. Any thread calls; none is kept waiting or interrupted.
 */
final class Lateness implements Runnable {
    private static final long LINGER = TimeUnit.SECONDS.toNanos(1);

    private final Executor threads;
    private final Journal journal;
    private final long deadline;

    // Under this.
    private final Set<Running> running = new LinkedHashSet<>();
    private boolean watching;
    private long lastCall;

    /** A call under way; equal to itself only. */
    static final class Running {
        private final Hook hook;
        private final Thread thread = Thread.currentThread();
        private final long since = System.nanoTime();
        /** Under the monitor of the watch. */
        private boolean told;

        private Running(Hook hook) {
            this.hook = hook;
        }
    }

    Lateness(Executor threads, Journal journal, long deadline) {
        this.threads = threads;
        this.journal = journal;
        this.deadline = deadline;
    }

    /** The current thread is about to call. */
    synchronized Running begin(Hook hook) {
        Running call = new Running(hook);
        running.add(call);
        lastCall = call.since;
        if (!watching) {
            threads.execute(this);
            watching = true;
        }
        return call;
    }

    /** It has ended, however. */
    void end(Running call) {
        if (finish(call)) {
            journal.event(call.hook + " has ended on " + call.thread.getName() + " after "
                    + Words.time(System.nanoTime() - call.since));
        }
    }

    private synchronized boolean finish(Running call) {
        running.remove(call);
        return call.told;
    }

    @Override
    public void run() {
        for (List<Running> late = next(); !late.isEmpty(); late = next()) {
            late.forEach(this::tell);
        }
    }

    /** Those that have become late; none, and this thread's work is over, if nobody calls any more. */
    private synchronized List<Running> next() {
        while (!running.isEmpty() || System.nanoTime() - lastCall < LINGER) {
            List<Running> late = late();
            if (!late.isEmpty()) {
                return late;
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, pause());
            } catch (InterruptedException e) {
                // Not by us; the next call gets another thread.
                Thread.currentThread().interrupt();
                break;
            }
        }
        watching = false;
        return List.of();
    }

    /** Of each hook one at a time: a pool may have thousands of workers. */
    private List<Running> late() {
        long now = System.nanoTime();
        Set<Hook> known = new LinkedHashSet<>();
        List<Running> late = new ArrayList<>();
        for (Running call : running) {
            if (call.told) {
                known.add(call.hook);
            } else if (now - call.since >= deadline && known.add(call.hook)) {
                call.told = true;
                late.add(call);
            }
        }
        return late;
    }

    private long pause() {
        long now = System.nanoTime();
        long pause = LINGER;
        for (Running call : running) {
            long left = deadline - (now - call.since);
            if (left > 0) {
                pause = Math.min(pause, left);
            }
        }
        return Math.max(pause, TimeUnit.MILLISECONDS.toNanos(1));
    }

    private void tell(Running call) {
        StackTraceElement[] stack = call.thread.getStackTrace();
        journal.trouble(call.hook + " has not ended after " + Words.time(System.nanoTime() - call.since) + " on "
                + call.thread.getName() + (stack.length == 0 ? "" : ", at " + stack[0]) + "; "
                + call.hook.moment().whileLate() + "; raise hook-deadline if it may take longer");
    }
}
