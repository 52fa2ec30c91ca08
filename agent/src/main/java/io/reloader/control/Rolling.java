// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One reload's roll, and what it says of itself. Control thread only. */
final class Rolling {
    private final int number;
    private final Role role;
    private final TakeUp.Applied applied;
    private final Roll roll;
    private final Set<Integer> told = new HashSet<>();
    private int rolled;
    private boolean finished;

    Rolling(int number, Role role, TakeUp.Applied applied, Roll roll) {
        this.number = number;
        this.role = role;
        this.applied = applied;
        this.roll = roll;
    }

    Role role() {
        return role;
    }

    Roll roll() {
        return roll;
    }

    String announcement() {
        return "reload " + number + ": " + changes() + ", " + poolCount() + ", " + Words.count(workers(), "worker");
    }

    /** Whether the roll had finished at the last {@link #advance}. */
    boolean finished() {
        return finished;
    }

    /** One step; tells of every pool that has come to its end. True if a worker has been replaced since the last. */
    boolean advance(Journal journal) {
        roll.advance();
        // Asked before the counts are taken: what has finished by then is in them.
        finished = roll.finished();
        List<PoolState> pools = roll.pools();
        int now = 0;
        for (int i = 0; i < pools.size(); i++) {
            PoolState pool = pools.get(i);
            now += pool.rolled();
            if ((pool.complete() || pool.trouble() != null) && told.add(i)) {
                tell(journal, pool);
            }
        }
        boolean progress = now > rolled;
        rolled = now;
        return progress;
    }

    private void tell(Journal journal, PoolState pool) {
        String facts = pool.name() + ": " + pool.rolled() + "/" + pool.workers() + " workers in generation " + number;
        if (pool.trouble() == null) {
            journal.detail(facts + ", " + Words.time(pool.nanos()));
        } else {
            journal.trouble(facts + "; " + pool.trouble() + "; its old workers keep serving");
        }
    }

    /** The verdict, once the roll has finished. */
    String summary(long nanos) {
        return "reload " + number + (complete() ? " done in " : " partial after ") + Words.time(nanos) + ": "
                + changes() + ", " + tally();
    }

    /** The verdict, once mercy has passed; the workers named are replaced later. */
    void reportBehind(Journal journal, long nanos) {
        for (Laggard laggard : roll.behind()) {
            journal.trouble("reload " + number + ": " + laggard.thread() + " of pool " + laggard.pool()
                    + " is behind, at "
                    + (laggard.stack().isEmpty()
                            ? "an unknown place"
                            : laggard.stack().get(0))
                    + "; it is replaced when its unit of work ends");
            laggard.stack().forEach(frame -> journal.detail("  at " + frame));
        }
        journal.event("reload " + number + " partial after " + Words.time(nanos) + ": " + changes() + ", " + tally());
    }

    boolean complete() {
        return roll.pools().stream().allMatch(PoolState::complete);
    }

    String tally() {
        return rolled + "/" + workers() + " workers of " + poolCount() + " in generation " + number;
    }

    int number() {
        return number;
    }

    private String changes() {
        String changed = Words.count(applied.changed(), "class") + " changed";
        if (applied.changed() == 0) {
            return changed;
        }
        return changed + " (" + applied.body() + " body"
                + (applied.pending() == 0 ? "" : ", " + applied.pending() + " not loaded yet") + ")";
    }

    private String poolCount() {
        return Words.count(roll.pools().size(), role == Role.WORKER ? "worker pool" : "task pool");
    }

    private int workers() {
        return roll.pools().stream().mapToInt(PoolState::workers).sum();
    }
}
