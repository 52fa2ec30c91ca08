// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

import org.jspecify.annotations.Nullable;

/**
 * The time in which the code of a reload may still fail: its roll and a while after. Then the rollback, until the last
 * thread that runs the failed code has ended its unit of work. Control thread only.
 */
final class Probation {
    private static final long FOR_EVER = Long.MAX_VALUE / 2;

    private final World world;
    private final InForce settings;
    private long limit;
    private int number;
    private @Nullable Deadline clock;
    private @Nullable Deadline end;
    private @Nullable String verdict;
    private boolean goesBack;

    Probation(World world, InForce settings) {
        this.world = world;
        this.settings = settings;
    }

    /** This reload has changed what runs; {@code since} when it is under way. */
    void begin(int reload, Deadline since) {
        number = reload;
        clock = since;
        limit = settings.now().canary();
        end = limit == 0 ? null : new Deadline(world.nanoTime(), limit);
        verdict = null;
        goesBack = false;
    }

    boolean of(int reload) {
        return number == reload;
    }

    /** A roll has ended. */
    void prolong() {
        if (end != null) {
            end.restart();
        }
    }

    /** In how many nanoseconds there is something to do. */
    long left() {
        return end == null ? FOR_EVER : Math.max(0, limit - end.elapsed());
    }

    /** Ends once its time has passed. */
    void look() {
        if (end != null && end.passed() && world.code().failure().isEmpty()) {
            end();
        }
    }

    /** Whether the code has failed. */
    boolean failed() {
        return end != null && world.code().failure().isPresent();
    }

    /** Says what it failed with, and begins the verdict. */
    void tell() {
        Failure failure = world.code().failure().orElse(null);
        if (failure == null || clock == null) {
            return;
        }
        end = null;
        verdict = "reload " + number + " failed in " + Words.time(clock.elapsed()) + ": " + failure.error() + " at "
                + failure.place();
        world.journal()
                .trouble("reload " + number + " fails: " + failure.error() + " at " + failure.place() + " on "
                        + failure.thread() + ", which the code before it did not meet; rolling it back");
        failure.stack().forEach(frame -> world.journal().detail("  at " + frame));
    }

    /** A rollback is applied: what is on its way out is judged no more. */
    void goesBack() {
        end = null;
        goesBack = true;
    }

    /** The last thread that ran what was rolled back has ended its unit of work. */
    void gone() {
        if (goesBack) {
            end();
        }
    }

    private void end() {
        end = null;
        goesBack = false;
        world.code().trust();
    }

    /** The verdict on the reload that has failed, if one has, in front of this one on its rollback. Asked once. */
    Verdict verdict(Verdict rollback) {
        String known = verdict;
        verdict = null;
        if (known == null) {
            return rollback;
        }
        boolean applied = rollback.outcome() == Outcome.DONE || rollback.outcome() == Outcome.PARTIAL;
        String line = known + (applied ? "; rolled back: " : "; not rolled back: ") + rollback.line();
        return new Verdict(rollback.number(), rollback.command(), Outcome.FAILED, line, rollback.nanos());
    }
}
