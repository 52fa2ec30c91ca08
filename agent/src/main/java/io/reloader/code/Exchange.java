// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import io.reloader.control.Journal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges what classes run for what a review has let through, and keeps what that replaces, or for what was kept. All
 * of it or nothing. Runs on the take-up thread.
 */
final class Exchange {
    private final Transition transition;
    private final Scan scan;
    private final Canary canary;
    private final Kept kept;
    private final Journal journal;
    private final Withheld withheld = new Withheld();

    /** Written by the take-up thread. */
    private volatile int rollbacks;

    Exchange(Transition transition, Scan scan, ClassTakeUp.Rules rules, Journal journal) {
        this.transition = transition;
        this.scan = scan;
        this.canary = rules.canary();
        this.kept = new Kept(rules.rollbacks());
        this.journal = journal;
    }

    /** What the next rollback would put back. */
    Optional<Past> past() {
        return kept.last();
    }

    /** How many reloads can be rolled back. Any thread. */
    int rollbacks() {
        return rollbacks;
    }

    /** The classes whose files' content was rolled back. */
    List<Candidate> withheldClasses() {
        return withheld.classes();
    }

    /** What to tell of files whose content was rolled back. */
    Optional<String> withheld() {
        return withheld.line();
    }

    /** The faults that kept the JVM from it; none if what the sweep found on disk is what runs. */
    List<String> forward(Review review, Sweep sweep) {
        Past past = Kept.of(review, scan.laid());
        boolean changes = !past.classes().isEmpty();
        List<String> faults = watched(
                changes ? new Watch(review.names()) : canary.watch(),
                () -> besideOrAlone(review, loaded -> {
                    Set<Candidate> early = publish(loaded, review);
                    scan.publish(sweep);
                    return early;
                }));
        if (faults.isEmpty() && changes) {
            kept.add(past);
            rollbacks = kept.count();
        }
        return faults;
    }

    /**
     * The faults that kept the JVM from it; none if what was kept is what runs, or will be once the threads that run the
     * other have ended their units of work.
     */
    List<String> back(Review review, Sweep sweep, Past past) {
        boolean turns = transition.open();
        List<Prepared> held = turns ? transition.takeHeld(review) : List.of();
        Function<List<Prepared>, Set<Candidate>> publication = loaded -> {
            Set<Candidate> early = publish(loaded, review);
            sweep.restored.stream().filter(Restored::publish).map(Restored::of).forEach(early::add);
            scan.putBack(past);
            if (turns) {
                transition.turnBack(held);
            }
            return early;
        };
        List<String> faults = watched(
                Watch.muted(), () -> turns ? apply(review.loaded, publication) : besideOrAlone(review, publication));
        if (faults.isEmpty()) {
            kept.drop();
            rollbacks = kept.count();
            sweep.loaded.forEach(each -> withheld.add(each.of()));
            sweep.restored.forEach(each -> withheld.add(each.of()));
        }
        return faults;
    }

    /** What was watched before is watched on if nothing comes of it. */
    private List<String> watched(@Nullable Watch watch, Supplier<List<String>> attempt) {
        Watch before = canary.watch();
        canary.watch(watch);
        boolean applied = false;
        try {
            List<String> faults = attempt.get();
            applied = faults.isEmpty();
            return faults;
        } finally {
            if (!applied) {
                canary.watch(before);
            }
        }
    }

    private List<String> besideOrAlone(Review review, Function<List<Prepared>, Set<Candidate>> publication) {
        List<String> faults = apply(transition.beside(review), publication);
        if (!faults.isEmpty() && transition.withdraw()) {
            // Whether it is the two versions in one class file that the JVM does not take, or the new one.
            List<String> alone = apply(review.loaded, publication);
            if (alone.isEmpty()) {
                journal.detail("every thread runs the new code at once: with the old beside it, " + faults.get(0));
            }
            return alone;
        }
        return faults;
    }

    private List<String> apply(List<Prepared> loaded, Function<List<Prepared>, Set<Candidate>> publication) {
        return transition.apply(bytes(loaded), () -> {
            Set<Candidate> early = publication.apply(loaded);
            return early.isEmpty() ? Set.of() : scan.loaded(early);
        });
    }

    /** How many classes of the application get other code. */
    static int classes(List<Prepared> prepared) {
        return (int) prepared.stream()
                .filter(each -> each.change().of().type() != null
                        && each.version() != null
                        && !Companions.is(each.change().of().name()))
                .count();
    }

    private static Map<Class<?>, byte[]> bytes(List<Prepared> prepared) {
        Map<Class<?>, byte[]> bytes = new HashMap<>();
        for (Prepared each : prepared) {
            Class<?> type = each.change().of().type();
            if (type != null && each.version() != null) {
                bytes.put(type, each.version().current());
            }
        }
        return bytes;
    }

    /** The classes that were found not loaded, and got their old code meanwhile. */
    private static Set<Candidate> publish(List<Prepared> loaded, Review review) {
        Set<Candidate> early = new HashSet<>();
        Stream.concat(loaded.stream(), review.pending.stream())
                .filter(Prepared::publish)
                .forEach(each -> early.add(each.change().of()));
        return early;
    }
}
