// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import io.reloader.control.Journal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * From one version of the code to the next, with both side by side while threads of the old one live. Runs on the take-up
 * thread but for {@link #open} and {@link #keep}, which the control thread calls.
 */
final class Transition {
    private final Swap swap;
    private final Versions versions;
    private final Journal journal;

    /** The classes that hold two versions. Take-up thread only. */
    private final List<TwoVersions> sideBySide = new ArrayList<>();

    /** Written by the take-up thread. */
    private volatile boolean open;

    /** Whether the new version goes, and not the old one. Take-up thread only. */
    private boolean back;

    Transition(Swap swap, Versions versions, Journal journal) {
        this.swap = swap;
        this.versions = versions;
        this.journal = journal;
    }

    boolean open() {
        return open;
    }

    /** Whether threads that run what is rolled back are on their way out. */
    boolean back() {
        return back;
    }

    /** Whether each class that a rollback changes holds what it goes back to. */
    boolean holds(Sweep sweep) {
        return open
                && sweep.restored.isEmpty()
                && sweep.loaded.stream().allMatch(each -> sideBySide.stream().anyMatch(two -> two.is(each.of())));
    }

    /**
     * Of the classes that a rollback changes, takes out those that hold what they go back to: they need threads that pick
     * it, and no new bytes. To be given to {@link #turnBack}.
     */
    List<Prepared> takeHeld(Review review) {
        List<Prepared> held = new ArrayList<>();
        for (Prepared each : review.loaded) {
            if (sideBySide.stream().anyMatch(two -> two.is(each.change().of()))) {
                held.add(each);
            }
        }
        review.loaded.removeAll(held);
        return held;
    }

    /** From here on new threads run the old version of these again, and it is what stays. */
    void turnBack(List<Prepared> held) {
        for (Prepared each : held) {
            Candidate of = each.change().of();
            Live live = of.table().get(of.name());
            if (live != null && live.version() != null) {
                of.table()
                        .put(
                                of.name(),
                                live.with(live.version().instead(each.change().bytes())));
            }
        }
        sideBySide.forEach(TwoVersions::turnCompanionBack);
        back = true;
        versions.turnBack();
    }

    /** The loaded classes' changes, each with the old bodies beside the new ones where one class file can hold both. */
    List<Prepared> beside(Review review) {
        // Open, there is nothing to apply, and much to settle.
        if (open || !versions.possible()) {
            return review.loaded;
        }
        sideBySide.clear();
        List<Prepared> all = new ArrayList<>();
        for (Prepared each : review.loaded) {
            all.add(beside(review, each));
        }
        return all;
    }

    private Prepared beside(Review review, Prepared prepared) {
        Candidate of = prepared.change().of();
        Class<?> type = of.type();
        if (type == null || prepared.version() == null) {
            return prepared;
        }
        Optional<Version> both = review.beside(prepared);
        if (both.isEmpty()) {
            journal.detail(of.human()
                    + " cannot hold two versions of itself in one class file; every thread runs its new one at once");
            return prepared;
        }
        sideBySide.add(TwoVersions.of(of, type));
        return new Prepared(prepared.change(), both.get());
    }

    /** Applies a batch; the faults that kept the JVM from it. */
    List<String> apply(Map<Class<?>, byte[]> bytes, Supplier<Set<Class<?>>> publication) {
        if (open || sideBySide.isEmpty()) {
            return swap.run(new Staged(bytes), publication);
        }
        boolean applied = false;
        versions.hold();
        try {
            List<String> faults = swap.run(new Staged(bytes), publication);
            applied = faults.isEmpty();
            return faults;
        } finally {
            if (applied) {
                versions.open();
                open = true;
            } else {
                versions.close();
            }
        }
    }

    /** After faults: goes on without two versions; false if there were none. */
    boolean withdraw() {
        if (open || sideBySide.isEmpty()) {
            return false;
        }
        sideBySide.clear();
        return true;
    }

    int keep(Collection<Thread> old) {
        return versions.keep(old);
    }

    /**
     * Has every thread run the version that stays, and takes the other one out. If the JVM does not take that, every thread
     * runs what stays all the same, and the next reload tries again before it changes anything.
     */
    void settle() {
        if (back) {
            versions.keep(List.of());
        } else {
            versions.close();
        }
        Map<Class<?>, byte[]> bytes = new HashMap<>();
        sideBySide.forEach(each -> each.addNew(bytes));
        List<String> faults = swap.run(new Staged(bytes), () -> {
            sideBySide.forEach(TwoVersions::settle);
            return Set.of();
        });
        if (!faults.isEmpty()) {
            journal.trouble("every thread runs the " + (back ? "old" : "new") + " code, but " + bytes.size()
                    + " classes still hold the other too: " + faults.get(0) + "; the next reload tries again");
            return;
        }
        versions.close();
        sideBySide.clear();
        back = false;
        open = false;
    }
}
