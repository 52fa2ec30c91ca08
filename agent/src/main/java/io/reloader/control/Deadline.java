// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

import java.util.function.LongSupplier;

/** A wait that has a name and an end. Control thread only. */
final class Deadline {
    private final LongSupplier nanoTime;
    private final long limit;
    private long start;

    Deadline(LongSupplier nanoTime, long limitNanos) {
        this.nanoTime = nanoTime;
        this.limit = limitNanos;
        this.start = nanoTime.getAsLong();
    }

    boolean passed() {
        return elapsed() >= limit;
    }

    long elapsed() {
        return nanoTime.getAsLong() - start;
    }

    void restart() {
        start = nanoTime.getAsLong();
    }
}
