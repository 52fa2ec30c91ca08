// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import io.reloader.control.Journal;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/** Applies a batch by one retransformation, all of it or nothing. Runs on the take-up thread. */
final class Swap {
    private final Instrumentation instrumentation;
    private final LiveClasses classes;
    private final Rehearsal rehearsal;
    private final Journal journal;

    Swap(Instrumentation instrumentation, LiveClasses classes, Rehearsal rehearsal, Journal journal) {
        this.instrumentation = instrumentation;
        this.classes = classes;
        this.rehearsal = rehearsal;
        this.journal = journal;
    }

    /**
     * The faults that kept the JVM from it; none if the batch is applied.
     *
     * @param publication makes the new bytes those that everyone gets; says which other classes were loaded too early
     */
    List<String> run(Staged batch, Supplier<Set<Class<?>>> publication) {
        Class<?>[] types = batch.types();
        classes.pass(batch);
        try {
            if (types.length > 0) {
                instrumentation.retransformClasses(types);
            }
        } catch (Throwable e) {
            classes.pass(null);
            return told(batch, e);
        }
        if (!batch.complete()) {
            classes.pass(null);
            return undo(types);
        }
        try {
            Set<Class<?>> late = new HashSet<>(published(publication));
            late.addAll(batch.askedByOthers());
            classes.pass(null);
            repair(late);
            return List.of();
        } finally {
            classes.pass(null);
        }
    }

    /** Tries twice, which does no harm: the JVM has the new bytes already, and memory may have run out for a moment. */
    private static Set<Class<?>> published(Supplier<Set<Class<?>>> publication) {
        try {
            return publication.get();
        } catch (OutOfMemoryError e) {
            return publication.get();
        }
    }

    /** Classes that were loaded, or retransformed by another agent, between the batch and its publication. */
    private void repair(Set<Class<?>> late) {
        if (late.isEmpty()) {
            return;
        }
        try {
            instrumentation.retransformClasses(late.toArray(Class<?>[]::new));
        } catch (Throwable e) {
            late.forEach(type -> journal.trouble(
                    type.getName() + " was loaded during the reload with its old code and " + Rejection.words(e)));
        }
    }

    /** Nothing is published, so this puts back what was there. */
    private List<String> undo(Class<?>[] types) {
        String fault = "the JVM did not ask for the new bytes of every class; the batch was taken back; reload again";
        try {
            instrumentation.retransformClasses(types);
            return List.of(fault);
        } catch (Throwable e) {
            return List.of(fault, "the batch could not be taken back (" + e + "); restart the process");
        }
    }

    /** What kept the JVM from it may keep it from saying more. */
    private List<String> told(Staged batch, Throwable thrown) {
        try {
            return faults(batch, thrown);
        } catch (Throwable e) {
            return List.of("one of " + batch.types().length + " changed classes " + Rejection.words(thrown));
        }
    }

    /**
     * Has the JVM read, compare and verify those changes that nothing is known against, and apply none.
     *
     * @return what agents before ours make of the new classes
     */
    Capture rehearse(List<Prepared> changes, Verdicts verdicts) {
        Map<Class<?>, Candidate> candidates = new HashMap<>();
        Map<Class<?>, byte[]> bytes = new HashMap<>();
        for (Prepared each : changes) {
            Class<?> type = each.change().of().type();
            if (type != null
                    && each.version() != null
                    && !verdicts.against(each.change().of())) {
                candidates.put(type, each.change().of());
                bytes.put(type, each.version().shaped());
            }
        }
        Capture made = new Capture();
        // All at once first: most often there is nothing to find.
        Throwable rejection =
                bytes.isEmpty() ? null : rehearsal.run(bytes, made).orElse(null);
        if (rejection == null) {
            return made;
        }
        Map<Class<?>, Throwable> rejected = rejected(new Staged(bytes));
        rejected.forEach((type, e) -> verdicts.fault(
                Objects.requireNonNull(candidates.get(type)),
                Rejection.verdict(e),
                type.getName() + " " + Rejection.words(e)));
        if (rejected.isEmpty()) {
            journal.detail("what another agent makes of the new code is left out: with it, one of " + bytes.size()
                    + " changed classes " + Rejection.words(rejection));
        }
        return new Capture();
    }

    private List<String> faults(Staged batch, Throwable thrown) {
        List<String> faults = new ArrayList<>();
        rejected(batch).forEach((type, e) -> faults.add(type.getName() + " " + Rejection.words(e)));
        if (faults.isEmpty()) {
            faults.add("one of " + batch.types().length + " changed classes " + Rejection.words(thrown));
        }
        return faults;
    }

    private Map<Class<?>, Throwable> rejected(Staged batch) {
        Map<Class<?>, Throwable> rejected = new HashMap<>();
        // An empty rehearsal first: one with new bytes must be sure to be rejected.
        if (rehearsal.run(new Class<?>[0], batch).isEmpty()) {
            for (Class<?> type : batch.types()) {
                rehearsal.run(new Class<?>[] {type}, batch).ifPresent(e -> rejected.put(type, e));
            }
        }
        return rejected;
    }
}
