// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import io.reloader.control.Code;
import io.reloader.control.Journal;
import io.reloader.control.TakeUp;
import java.lang.instrument.Instrumentation;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Takes changed classes up: scan, diff, swap. Every class or none; what is refused leaves no trace. Called on a
 * short-lived thread of the control loop, never twice at once.
 */
public final class ClassTakeUp implements Code {
    private final Journal journal;
    private final Scan scan;
    private final Rehearsal rehearsal;
    private final Swap swap;

    /** Written and read by the take-up thread; the control loop's hand-over orders one after another. */
    private boolean toldUnwatched;

    /** As above. */
    private int toldGone;

    /** {@code quiet}: how long a changed file must have been left alone before it is read. */
    public ClassTakeUp(Instrumentation instrumentation, LiveClasses classes, Journal journal, Duration quiet) {
        this.journal = journal;
        scan = new Scan(instrumentation, classes, quiet);
        rehearsal = new Rehearsal(instrumentation, classes);
        swap = new Swap(instrumentation, classes, rehearsal, journal);
    }

    /**
     * Notes what the loaded classes' files and jars are now. Once, off the start-up path, before the first
     * {@link #takeUp}: what is replaced earlier can be compared with the live classes only.
     */
    public void remember() {
        scan.remember();
    }

    @Override
    public TakeUp takeUp() {
        try {
            return attempt(scan.run());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new TakeUp.Refused(List.of("the scan was interrupted; reload again"));
        } catch (Throwable e) {
            return new TakeUp.Refused(List.of("the scan failed (" + e + "); reload again, and report it"));
        }
    }

    private TakeUp attempt(Sweep sweep) {
        tell(sweep);
        Capture capture = new Capture();
        Review review = new Review(sweep, capture);
        review.files();
        if (review.faults.isEmpty()) {
            capture(sweep, capture);
            review.differences();
        }
        if (!review.faults.isEmpty()) {
            return new TakeUp.Refused(List.copyOf(review.faults));
        }
        Map<Class<?>, byte[]> bytes = new HashMap<>();
        for (Prepared each : review.loaded) {
            Class<?> type = each.change().of().type();
            if (type != null && each.version() != null) {
                bytes.put(type, each.version().bytes());
            }
        }
        List<String> faults = swap.run(new Staged(bytes), () -> publish(review, sweep));
        if (!faults.isEmpty()) {
            return new TakeUp.Refused(faults.stream().sorted().toList());
        }
        review.stale.forEach(journal::detail);
        return new TakeUp.Applied(bytes.size(), review.pending.size());
    }

    private void capture(Sweep sweep, Capture capture) {
        Class<?>[] unknown = sweep.loaded.stream()
                .map(Change::of)
                .filter(of -> of.live() == null || of.live().version() == null)
                .map(Candidate::type)
                .filter(Objects::nonNull)
                .toArray(Class<?>[]::new);
        if (unknown.length > 0 && rehearsal.run(unknown, capture).isPresent()) {
            // One that the JVM will not retransform hides those behind it.
            for (Class<?> type : unknown) {
                rehearsal.run(new Class<?>[] {type}, capture);
            }
        }
    }

    /** The loaded classes that were found not loaded, and got their old code meanwhile. */
    private Set<Class<?>> publish(Review review, Sweep sweep) {
        Set<Candidate> early = new HashSet<>();
        Stream.concat(review.loaded.stream(), review.pending.stream()).forEach(each -> {
            if (each.publish()) {
                early.add(each.change().of());
            }
        });
        sweep.indexes.forEach((location, index) -> {
            location.index(index);
            location.compared(index.stat());
        });
        return early.isEmpty() ? Set.of() : scan.loaded(early);
    }

    private void tell(Sweep sweep) {
        if (sweep.gone > 0 && sweep.gone != toldGone) {
            toldGone = sweep.gone;
            journal.detail(sweep.gone + " loaded classes are no longer where they came from; they stay as they are");
        }
        if (!toldUnwatched) {
            toldUnwatched = true;
            sweep.unwatched.forEach((container, count) -> journal.detail(count + " classes come from " + container
                    + "; not watched yet: deploy class directories or plain jars, or restart"));
        }
    }
}
