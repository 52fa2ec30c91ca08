// SPDX-License-Identifier: Apache-2.0
package com.example.load;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Says when the next request is due, and when there is none any more. */
final class Pace {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final AtomicLong handedOut = new AtomicLong();
    private final long start = System.nanoTime();
    private final LoadOptions options;
    private final StopSignal stop;

    Pace(LoadOptions options, StopSignal stop) {
        this.options = options;
        this.stop = stop;
    }

    /**
     * Waits until the next request is due and returns that moment. With a rate it may lie in the past: a service
     * that stands still is charged for the requests it held up as well.
     */
    OptionalLong next() throws InterruptedException {
        long ticket = handedOut.getAndIncrement();
        if (options.requests() > 0 && ticket >= options.requests()) {
            return OptionalLong.empty();
        }
        long elapsed = System.nanoTime() - start;
        long due = options.rate() == 0 ? elapsed : ticket * SECOND / options.rate();
        long end = options.seconds() * SECOND;
        if (stop.within(Math.min(due, end) - elapsed) || due >= end || elapsed >= end) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(start + due);
    }
}
