// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What others want to know of the control loop's state: asked by any thread, answered by the control thread between two
 * commands. All who wait for the same get one answer.
 */
public final class Questions {
    private final Inbox inbox;
    private final Queue<CompletableFuture<Status>> status = new ConcurrentLinkedQueue<>();
    private final Queue<CompletableFuture<Optional<UnderWay>>> progress = new ConcurrentLinkedQueue<>();

    public Questions(Inbox inbox) {
        this.inbox = inbox;
    }

    /** Everything. What depends on it runs on the control thread unless it is given another. */
    public CompletionStage<Status> status() {
        return ask(status);
    }

    /** The reload under way only, which costs next to nothing. */
    public CompletionStage<Optional<UnderWay>> progress() {
        return ask(progress);
    }

    private <T> CompletionStage<T> ask(Queue<CompletableFuture<T>> waiting) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        waiting.add(answer);
        inbox.put(Command.ANSWER);
        return answer.minimalCompletionStage();
    }

    /** Control thread only. */
    void answer(ControlLoop loop) {
        answer(progress, loop::underWay);
        answer(status, loop::status);
    }

    private static <T> void answer(Queue<CompletableFuture<T>> waiting, Answer<T> source) {
        CompletableFuture<T> first = waiting.poll();
        if (first == null) {
            return;
        }
        try {
            T answer = source.get();
            for (CompletableFuture<T> each = first; each != null; each = waiting.poll()) {
                each.complete(answer);
            }
        } catch (RuntimeException | Error e) {
            first.completeExceptionally(e);
        }
    }

    private interface Answer<T> {
        T get();
    }
}
