// SPDX-License-Identifier: Apache-2.0
package io.reloader.observe;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Writes the journal's lines on a thread of its own, which ends when there is nothing to write for a while. Any thread
 * may hand a line over; none waits longer than {@link #PATIENCE} for it, and none at all while the reader is stuck.
 */
final class LineWriter implements Runnable {
    private static final int MOST = 1000;
    private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long LINGER = TimeUnit.MILLISECONDS.toNanos(500);

    private final OutputStream out;
    private final Executor threads;

    // Under this.
    private final Queue<byte[]> waiting = new ArrayDeque<>();
    private boolean running;
    private boolean stuck;
    private long handedOver;
    private long written;
    private int lost;

    LineWriter(OutputStream out, Executor threads) {
        this.out = out;
        this.threads = threads;
    }

    synchronized void write(byte[] line) {
        if (waiting.size() == MOST) {
            lost++;
            return;
        }
        waiting.add(line);
        long ticket = ++handedOver;
        if (!running) {
            try {
                threads.execute(this);
                running = true;
            } catch (RuntimeException | Error e) {
                // No further thread can be had: the line is written with the next one that gets it.
                return;
            }
        }
        notifyAll();
        await(ticket);
    }

    private synchronized void await(long ticket) {
        long start = System.nanoTime();
        while (written < ticket && !stuck) {
            long left = PATIENCE - (System.nanoTime() - start);
            if (left <= 0) {
                stuck = true;
                return;
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    @Override
    public void run() {
        for (byte[] line = next(); line.length > 0; line = next()) {
            put(line);
            int missing = done();
            if (missing > 0) {
                put(LineJournal.bytes('!', missing + " lines were lost: nobody read standard error"));
            }
        }
    }

    /** The next line; empty, and this thread's work is over, if none comes. */
    private synchronized byte[] next() {
        long start = System.nanoTime();
        try {
            while (waiting.isEmpty() && System.nanoTime() - start < LINGER) {
                wait(1 + TimeUnit.NANOSECONDS.toMillis(LINGER));
            }
        } catch (InterruptedException e) {
            // Not by us; the thread ends, and the next line gets another.
            Thread.currentThread().interrupt();
        }
        byte[] line = waiting.poll();
        running = line != null;
        return line == null ? new byte[0] : line;
    }

    private synchronized int done() {
        int missing = waiting.isEmpty() ? lost : 0;
        lost -= missing;
        written++;
        stuck = false;
        notifyAll();
        return missing;
    }

    private void put(byte[] line) {
        try {
            out.write(line);
        } catch (IOException | RuntimeException | Error e) {
            // Standard error is gone, or the memory is; there is nobody to tell.
            return;
        }
    }
}
