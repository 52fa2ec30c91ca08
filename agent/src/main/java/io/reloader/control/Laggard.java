// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

import java.util.List;

/**
 * A worker that has not finished yet.
 *
 * @param pool the pool's name
 * @param thread the worker's thread name
 * @param nanos for how long its unit of work has lasted at least, in nanoseconds; 0 if that is not known
 * @param stack its frames, innermost first, as {@code com.acme.Report.write(Report.java:42)}; empty if it ended
 */
public record Laggard(String pool, String thread, long nanos, List<String> stack) {
    public Laggard {
        stack = List.copyOf(stack);
    }

    public Laggard(String pool, String thread, List<String> stack) {
        this(pool, thread, 0, stack);
    }

    /** Where it is, in one frame. */
    String place() {
        return stack.isEmpty() ? "an unknown place" : stack.get(0);
    }
}
