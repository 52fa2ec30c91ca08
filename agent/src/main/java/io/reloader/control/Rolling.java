// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One reload's roll, and what it says of itself. Control thread only. */
final class Rolling {
    /** So many are told with their stacks; a pool may have thousands. */
    private static final int NAMED = 10;

    private final int number;
    private final Role role;
    private final TakeUp.Applied applied;
    private final Roll roll;
    private final Events events;
    private final Set<Integer> told = new HashSet<>();
    private int rolled;
    private boolean finished;

    Rolling(int number, Role role, TakeUp.Applied applied, Roll roll, Events events) {
        this.number = number;
        this.role = role;
        this.applied = applied;
        this.roll = roll;
        this.events = events;
    }

    Role role() {
        return role;
    }

    TakeUp.Applied applied() {
        return applied;
    }

    Roll roll() {
        return roll;
    }

    int number() {
        return number;
    }

    /** Whether the roll had finished at the last {@link #advance}. */
    boolean finished() {
        return finished;
    }

    void announce(Journal journal) {
        Tally tally = tally();
        journal.event("reload " + number + ": " + changes() + ", " + tally.pools(role) + ", "
                + Words.count(tally.renewable(), "worker") + tally.pinnedToo());
        roll.remarks().forEach(journal::detail);
        PinnedLines.tell(roll.pools(), journal);
    }

    /** One step; tells of every pool that has come to its end. True if a worker has been replaced since the last. */
    boolean advance(Journal journal) {
        roll.advance();
        roll.retired().forEach(events::retired);
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
        if (pool.trouble() != null) {
            journal.trouble(facts(pool) + "; " + pool.trouble() + "; its old workers keep serving");
        } else if (pool.renewable() > 0 || pool.pinned().workers() == 0) {
            journal.detail(facts(pool) + ", " + Words.time(pool.nanos()));
        }
    }

    private String facts(PoolState pool) {
        String facts = pool.name() + ": " + pool.rolled() + "/" + pool.renewable();
        if (pool.fresh()) {
            return facts + " workers have ended what they were at when the signal came";
        }
        facts += " workers in generation " + number;
        Pinned pinned = pool.pinned();
        return pinned.workers() == 0 ? facts : facts + ", " + pinned.workers() + " pinned (" + pinned.why() + ")";
    }

    /** The verdict, once the roll has finished or mercy has passed. {@code whole}: whether nobody else is behind. */
    String summary(long nanos, boolean whole) {
        return "reload " + number + (whole && complete() ? " done in " : " partial after ") + Words.time(nanos) + ": "
                + changes() + ", " + progress();
    }

    /** Who is behind once mercy has passed; they are replaced later. */
    void reportBehind(Journal journal, Overdue overdue) {
        List<Laggard> behind = roll.behind();
        for (Laggard laggard : behind.subList(0, Math.min(NAMED, behind.size()))) {
            journal.trouble("reload " + number + ": " + laggard.thread() + " of pool " + laggard.pool() + " is behind"
                    + (laggard.nanos() == 0 ? "" : ", at it for at least " + Words.time(laggard.nanos()))
                    + ", at " + laggard.place() + "; it is replaced when its unit of work ends");
            laggard.stack().forEach(frame -> journal.detail("  at " + frame));
        }
        if (behind.size() > NAMED) {
            journal.trouble("reload " + number + ": " + (behind.size() - NAMED)
                    + " more workers are behind; they are replaced when their units of work end");
        }
        if (overdue == Overdue.INTERRUPT) {
            interrupt(journal);
        }
    }

    private void interrupt(Journal journal) {
        for (Interruption each : roll.interruptBehind()) {
            String worker = "reload " + number + ": " + each.thread() + " of pool " + each.pool();
            journal.detail(
                    each.refusal().isEmpty()
                            ? worker + " has been interrupted, as on-timeout=interrupt asks for"
                            : worker + " has not been interrupted: " + each.refusal());
        }
    }

    /** Who is behind; none while they are more than so many, as each costs a stack. */
    List<Laggard> behind(int most) {
        int left = 0;
        for (PoolState pool : roll.pools()) {
            left += Math.max(0, pool.renewable() - pool.rolled());
        }
        return left > most ? List.of() : roll.behind();
    }

    boolean complete() {
        return roll.pools().stream().allMatch(PoolState::complete);
    }

    String progress() {
        Tally tally = tally();
        return rolled + "/" + tally.renewable() + " workers of " + tally.pools(role) + " in generation " + number
                + tally.pinnedToo();
    }

    private String changes() {
        String changed = Words.count(applied.changed(), "class") + (applied.back() ? " put back" : " changed");
        if (applied.changed() == 0) {
            return changed;
        }
        return changed + " (" + applied.body() + " body"
                + (applied.pending() == 0 ? "" : ", " + applied.pending() + " not loaded yet") + ")";
    }

    private Tally tally() {
        int pools = 0;
        int renewable = 0;
        int pinned = 0;
        for (PoolState pool : roll.pools()) {
            pools += pool.renewable() > 0 || pool.pinned().workers() == 0 ? 1 : 0;
            renewable += pool.renewable();
            pinned += pool.pinned().workers();
        }
        return new Tally(pools, renewable, pinned);
    }

    /** Over all pools: how many are rolled, how many workers those have, how many keep their threads. */
    private record Tally(int count, int renewable, int pinned) {

        String pools(Role role) {
            return Words.count(count, role == Role.WORKER ? "worker pool" : "task pool");
        }

        String pinnedToo() {
            return pinned == 0 ? "" : ", " + pinned + " pinned";
        }
    }
}
