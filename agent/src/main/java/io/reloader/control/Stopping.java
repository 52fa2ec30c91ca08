// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

import java.util.List;

/** The wait between the first stop and the exit. Control thread only. */
final class Stopping {
    static final int FINISHED = 0;
    /** 128 + SIGTERM: what a process that did not finish in time has always exited with. */
    static final int UNFINISHED = 143;

    private static final long REPORT_EVERY = 5_000_000_000L;

    private final Journal journal;
    private final Drain drain;
    private final Deadline deadline;
    private final Deadline report;

    Stopping(World world, long termDeadline) {
        this.journal = world.journal();
        this.drain = world.pools().drain();
        this.deadline = new Deadline(world.nanoTime(), termDeadline);
        this.report = new Deadline(world.nanoTime(), REPORT_EVERY);
        journal.event("stop: waiting up to " + Words.time(termDeadline) + " for work in flight");
    }

    /** The status to exit with, or -1 to go on waiting. */
    int look() {
        if (drain.idle()) {
            journal.event("stop: all work finished in " + Words.time(deadline.elapsed()) + "; exiting with status 0");
            return FINISHED;
        }
        if (deadline.passed()) {
            giveUp();
            return UNFINISHED;
        }
        if (report.passed()) {
            report.restart();
            progress();
        }
        return -1;
    }

    private void progress() {
        List<Laggard> busy = drain.busy();
        StringBuilder line = new StringBuilder("stop: still waiting for ").append(Words.count(busy.size(), "worker"));
        for (int i = 0; i < Math.min(3, busy.size()); i++) {
            line.append(i == 0 ? ": " : ", ").append(busy.get(i).thread());
            if (!busy.get(i).stack().isEmpty()) {
                line.append(" at ").append(busy.get(i).place());
            }
        }
        journal.detail(line.toString());
    }

    private void giveUp() {
        for (Laggard laggard : drain.busy()) {
            journal.trouble("stop: " + laggard.thread() + " of pool " + laggard.pool() + " is still running:");
            laggard.stack().forEach(frame -> journal.detail("  at " + frame));
        }
        journal.trouble("stop: work was still in flight after " + Words.time(deadline.elapsed())
                + "; exiting with status 143; raise term-deadline if it needs longer");
    }
}
