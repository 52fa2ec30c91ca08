// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

import java.util.List;

/**
 * The way from the first stop to the exit: serve on for a while, let nothing new in, wait for what is in flight.
 * Control thread only.
 */
final class Stopping {
    static final int FINISHED = 0;
    /** 128 + SIGTERM: what a process that did not finish in time has always exited with. */
    static final int UNFINISHED = 143;

    private static final long REPORT_EVERY = 5_000_000_000L;
    private static final long READERS_EVERY = 100_000_000L;

    private final World world;
    private final Journal journal;
    private final Drain drain;
    private final Deadline report;
    private final Deadline delay;
    /** Passed once no connection has come for so long that those who send them seem to know. */
    private final Deadline quiet;

    private final Deadline deadline;
    private final Deadline readers;
    private final long limit;
    private long arrivals;
    private boolean closed;
    private int unfinished;

    Stopping(World world, Settings settings) {
        this.world = world;
        this.journal = world.journal();
        this.drain = world.pools().drain();
        this.limit = settings.termDeadline();
        this.readers = new Deadline(world.nanoTime(), READERS_EVERY);
        this.report = new Deadline(world.nanoTime(), REPORT_EVERY);
        this.delay = new Deadline(world.nanoTime(), settings.termDelay());
        this.quiet = new Deadline(world.nanoTime(), settings.termDelay() / 2);
        this.deadline = new Deadline(world.nanoTime(), limit);
        this.arrivals = world.intake().arrivals();
        world.supervisor().stopping();
        if (delay.passed()) {
            close();
        } else {
            tell("stop: serving on for up to " + Words.time(settings.termDelay()) + ", until no new connection comes");
        }
    }

    /** The status to exit with, or -1 to go on waiting. */
    int look() {
        if (!closed) {
            serveOn();
            return -1;
        }
        if (finished()) {
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

    /** How many workers were still at work when the deadline had passed. */
    int unfinished() {
        return unfinished;
    }

    private boolean finished() {
        if (drain.idle()) {
            return world.intake().idle();
        }
        // Looks at stacks, so not at every turn.
        if (!readers.passed()) {
            return false;
        }
        readers.restart();
        return drain.reading() && world.intake().idleButForReaders();
    }

    private void serveOn() {
        long now = world.intake().arrivals();
        if (now != arrivals) {
            arrivals = now;
            quiet.restart();
        }
        if (delay.passed() || quiet.passed()) {
            close();
        } else if (report.passed()) {
            report.restart();
            attend("stop: serving on");
        }
    }

    private void close() {
        closed = true;
        world.intake().stop();
        deadline.restart();
        tell("stop: waiting up to " + Words.time(limit) + " for work in flight");
    }

    private void tell(String line) {
        journal.event(line);
        attend(line);
    }

    /** A supervisor that hears nothing for longer than that may end the process. */
    private void attend(String line) {
        world.supervisor().extend(3 * REPORT_EVERY);
        world.supervisor().status(line);
    }

    private void progress() {
        List<Laggard> busy = drain.busy();
        int open = world.intake().open();
        StringBuilder line = new StringBuilder("stop: still waiting for ").append(Words.count(busy.size(), "worker"));
        if (open > 0) {
            line.append(" and ").append(Words.count(open, "connection"));
        }
        for (int i = 0; i < Math.min(3, busy.size()); i++) {
            line.append(i == 0 ? ": " : ", ").append(busy.get(i).thread());
            if (!busy.get(i).stack().isEmpty()) {
                line.append(" at ").append(busy.get(i).place());
            }
        }
        journal.detail(line.toString());
        attend(line.toString());
    }

    private void giveUp() {
        int open = world.intake().open();
        if (open > 0) {
            journal.trouble("stop: " + Words.count(open, "connection") + " still waited for an answer");
        }
        List<Laggard> busy = drain.busy();
        unfinished = busy.size();
        for (Laggard laggard : busy) {
            journal.trouble("stop: " + laggard.thread() + " of pool " + laggard.pool() + " is still running:");
            laggard.stack().forEach(frame -> journal.detail("  at " + frame));
        }
        journal.trouble("stop: work was still in flight after " + Words.time(deadline.elapsed())
                + "; exiting with status 143; raise term-deadline if it needs longer");
    }
}
