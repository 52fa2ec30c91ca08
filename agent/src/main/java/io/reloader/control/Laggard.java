// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

import java.util.List;

/**
 * A worker that has not finished yet.
 *
 * @param pool the pool's name
 * @param thread the worker's thread name
 * @param stack its frames, innermost first, as {@code com.acme.Report.write(Report.java:42)}; empty if it ended
 */
public record Laggard(String pool, String thread, List<String> stack) {
    public Laggard {
        stack = List.copyOf(stack);
    }
}
