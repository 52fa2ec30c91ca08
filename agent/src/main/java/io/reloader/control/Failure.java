// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

import java.util.List;

/**
 * An error that the new code throws and the old one did not.
 *
 * @param error its type, message and cause
 * @param place the frame of the application's that it came from, as {@code com.acme.Cart.total(Cart.java:12)}
 * @param thread the name of the thread that ran it
 * @param stack all frames, innermost first
 */
public record Failure(String error, String place, String thread, List<String> stack) {
    public Failure {
        stack = List.copyOf(stack);
    }
}
