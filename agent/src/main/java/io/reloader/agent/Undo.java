// SPDX-License-Identifier: Apache-2.0
package io.reloader.agent;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * What was done to the process, and how each is taken back. Filled by the arming thread; run by the one that detaches,
 * after that.
 */
final class Undo {
    private final Deque<Part> parts = new ArrayDeque<>();

    private record Part(String what, Runnable undo) {}

    /** @param what is left undone if {@code undo} fails, as it reads before "could not be taken back" */
    void add(String what, Runnable undo) {
        parts.push(new Part(what, undo));
    }

    /** Last thing first; one that fails is told and keeps no other from being taken back. */
    void run(Consumer<String> trouble) {
        while (!parts.isEmpty()) {
            Part part = parts.pop();
            try {
                part.undo.run();
            } catch (RuntimeException | Error e) {
                trouble.accept(part.what + " could not be taken back: " + e + "; please report it");
            }
        }
    }
}
