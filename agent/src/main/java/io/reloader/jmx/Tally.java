// SPDX-License-Identifier: Apache-2.0
package io.reloader.jmx;

import io.reloader.control.Events;
import io.reloader.control.Outcome;
import io.reloader.control.Retired;
import io.reloader.control.Verdict;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** Counts what reloads have come to, from the agent's start on. Read by any thread. */
public final class Tally implements Events {
    private final AtomicLongArray outcomes = new AtomicLongArray(Outcome.values().length);
    private final AtomicLong classes = new AtomicLong();
    private final AtomicLong workers = new AtomicLong();

    @Override
    public void retired(Retired worker) {
        workers.incrementAndGet();
    }

    @Override
    public void ended(Verdict verdict, int changed) {
        outcomes.incrementAndGet(verdict.outcome().ordinal());
        classes.addAndGet(changed);
    }

    long reloads(Outcome outcome) {
        return outcomes.get(outcome.ordinal());
    }

    long classes() {
        return classes.get();
    }

    long workers() {
        return workers.get();
    }
}
