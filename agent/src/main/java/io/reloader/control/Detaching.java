// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

import org.jspecify.annotations.Nullable;

/** The way from the word to leave to the loop's last turn. Control thread only. */
final class Detaching {
    private static final long PATIENCE = 10_000_000_000L;

    private final Inbox inbox;
    private final World world;
    private final Deadline deadline;
    private boolean undoing;

    Detaching(Inbox inbox, World world) {
        this.inbox = inbox;
        this.world = world;
        this.deadline = new Deadline(world.nanoTime(), PATIENCE);
    }

    /** @param unfinished what reloads have left undone, or null */
    State begin(@Nullable String unfinished) {
        String reason = unfinished != null ? unfinished : world.departure().obstacle();
        if (reason != null) {
            return stay(reason);
        }
        undoing = false;
        deadline.restart();
        return State.DETACHING;
    }

    State advance() {
        if (undoing) {
            return State.DETACHING;
        }
        if (world.departure().ready()) {
            undoing = true;
            world.threads().execute(this::undo);
            return State.DETACHING;
        }
        return deadline.passed()
                ? stay("workers are still on their way out of their pools after " + Words.time(deadline.elapsed())
                        + "; detach again later")
                : State.DETACHING;
    }

    private void undo() {
        try {
            world.departure().undo();
        } finally {
            inbox.put(Command.DETACHED);
        }
    }

    /** Says why the agent stays. */
    State stay(String reason) {
        world.journal().event("detach refused: " + reason);
        world.departure().refused(reason);
        return State.IDLE;
    }

    void leave() {
        world.journal()
                .event("detached in " + Words.time(deadline.elapsed()) + "; the application runs on without reloader");
        world.departure().left();
    }
}
