// SPDX-License-Identifier: Apache-2.0
package io.reloader.jmx;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Runs one piece of work after another, on a thread that is there while there is work. Any thread hands over, and never
 * waits: of a listener that takes its time, what is too much is left out.
 */
final class InOrder implements Executor, Runnable {
    private static final int MOST = 1000;

    private final Executor threads;

    // Under this.
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean running;

    InOrder(Executor threads) {
        this.threads = threads;
    }

    @Override
    public synchronized void execute(Runnable work) {
        if (waiting.size() == MOST) {
            return;
        }
        waiting.add(work);
        if (!running) {
            threads.execute(this);
            running = true;
        }
    }

    @Override
    public void run() {
        for (Runnable work = next(); work != null; work = next()) {
            attempt(work);
        }
    }

    private static void attempt(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            // Of a listener of the application's: its own loss.
            return;
        }
    }

    private synchronized @Nullable Runnable next() {
        Runnable work = waiting.poll();
        running = work != null;
        return work;
    }
}
