// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import io.reloader.control.ClassStatus;
import io.reloader.control.Code;
import io.reloader.control.Events;
import io.reloader.control.Failure;
import io.reloader.control.Findings;
import io.reloader.control.Journal;
import io.reloader.control.Phase;
import io.reloader.control.TakeUp;
import java.lang.instrument.Instrumentation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Takes changed classes up: scan, diff, swap. Every class or none; what is refused leaves no trace. Called on a
 * short-lived thread of the control loop, and by those who check; one at a time.
 */
public final class ClassTakeUp implements Code {
    private final Instrumentation instrumentation;
    private final boolean structure;
    private final EnhancedJvm enhanced;
    private final Journal journal;
    private final Scan scan;
    private final Rehearsal rehearsal;
    private final Swap swap;
    private final Transition transition;
    private final LinkCheck links;
    private final Definition definition;
    private final Exchange exchange;
    private final Canary canary;
    private final Events events;
    private final LoaderTables tables;
    private final Parting parting;

    /** Written and read by the take-up thread; the control loop's hand-over orders one after another. */
    private boolean toldUnwatched;

    /** As above. */
    private int toldGone;

    /** As above. */
    private Set<String> toldFates = Set.of();

    /**
     * What the operator chose.
     *
     * @param quiet how long a changed file must have been left alone before it is read
     * @param rollbacks how many reloads can be rolled back
     * @param structure whether what a running JVM cannot change is lowered
     * @param canary watches the new code
     * @param events told of each class
     */
    public record Rules(Duration quiet, int rollbacks, boolean structure, Canary canary, Events events) {}

    public ClassTakeUp(
            Instrumentation instrumentation, LiveClasses classes, Versions versions, Journal journal, Rules rules) {
        this.instrumentation = instrumentation;
        this.journal = journal;
        structure = rules.structure();
        enhanced = new EnhancedJvm(instrumentation);
        canary = rules.canary();
        events = rules.events();
        tables = classes.tables();
        scan = new Scan(instrumentation, classes, rules.quiet(), structure);
        definition = new Definition(instrumentation);
        rehearsal = new Rehearsal(instrumentation, classes);
        swap = new Swap(instrumentation, classes, rehearsal, journal);
        transition = new Transition(swap, versions, journal);
        links = new LinkCheck(instrumentation, classes);
        parting = new Parting(instrumentation, classes);
        exchange = new Exchange(transition, scan, rules, journal);
    }

    /**
     * Notes what the loaded classes' files and jars are now. Once, off the start-up path, before the first
     * {@link #takeUp}: what is replaced earlier can be compared with the live classes only.
     */
    public void remember() {
        scan.remember();
    }

    @Override
    public synchronized TakeUp takeUp() {
        try {
            events.phase(Phase.SCAN);
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
        if (transition.open() && !sweep.unchanged()) {
            return new TakeUp.Unsettled(sweep.loaded.size() + sweep.pending.size());
        }
        TakeUp ended = take(sweep);
        exchange.withheld().ifPresent(journal::detail);
        return ended;
    }

    @Override
    public synchronized TakeUp rollBack() {
        try {
            Past past = exchange.past().orElse(null);
            if (past == null) {
                return new TakeUp.Refused(List.of("there is no reload to roll back: either none has changed a class, or"
                        + " it is not kept; raise rollbacks= to keep more"));
            }
            if (transition.back()) {
                return new TakeUp.Unsettled(past.classes().size());
            }
            WayBack way = new WayBack(past, scan.candidates());
            capture(way.unknown(), way.capture());
            return goBack(way.sweep(), past);
        } catch (Throwable e) {
            return new TakeUp.Refused(List.of("the rollback failed (" + e + "); roll back again, and report it"));
        }
    }

    private TakeUp goBack(Sweep sweep, Past past) {
        events.phase(Phase.CHECK);
        Review review = transition.holds(sweep) ? reviewed(sweep) : review(sweep);
        new Changes(review, events).tell(sweep);
        int body = Exchange.classes(review.loaded);
        events.phase(Phase.SWAP);
        List<String> faults = new ArrayList<>(review.verdicts.faults());
        if (faults.isEmpty()) {
            faults.addAll(define(review));
        }
        if (faults.isEmpty()) {
            faults.addAll(exchange.back(review, sweep, past));
        }
        if (!faults.isEmpty()) {
            return new TakeUp.Refused(faults.stream().sorted().toList());
        }
        review.lowerings().ifPresent(Lowerings::commit);
        sweep.remarks.forEach(journal::detail);
        return new TakeUp.Applied(body, sweep.restored.size(), true);
    }

    /** What the JVM has beside the new bodies was checked when it came; and whoever waits for it is failing. */
    private static Review reviewed(Sweep sweep) {
        Review review = new Review(sweep, new Capture(), false, false);
        sweep.loaded.forEach(each -> review.loaded.add(new Prepared(each, Version.first(each.bytes()))));
        return review;
    }

    private TakeUp take(Sweep sweep) {
        events.phase(Phase.CHECK);
        Review review = review(sweep);
        TakeUp ended = take(sweep, review);
        new Changes(review, events).tell(sweep);
        return ended;
    }

    private TakeUp take(Sweep sweep, Review review) {
        if (review.verdicts.refused()) {
            rehearse(review);
            return new TakeUp.Refused(review.verdicts.faults());
        }
        List<String> undefined = definition.run(review.additions);
        if (!undefined.isEmpty()) {
            return new TakeUp.Refused(undefined);
        }
        List<String> alone = define(review);
        if (!alone.isEmpty()) {
            return new TakeUp.Refused(alone);
        }
        // The JVM may take a class file with both versions, which ASM wrote, and not the new one's own, to settle with.
        Capture made = swap.rehearse(review.loaded, review.verdicts);
        if (review.verdicts.refused()) {
            return new TakeUp.Refused(review.verdicts.faults());
        }
        review.woven(made);
        events.phase(Phase.SWAP);
        List<String> faults = exchange.forward(review, sweep);
        if (!faults.isEmpty()) {
            return new TakeUp.Refused(faults.stream().sorted().toList());
        }
        review.lowerings().ifPresent(Lowerings::commit);
        review.stale.forEach(journal::detail);
        review.additions.lines().forEach(journal::detail);
        return new TakeUp.Applied(Exchange.classes(review.loaded), review.pending.size());
    }

    @Override
    public synchronized Findings check() {
        try {
            Sweep sweep = scan.run();
            Review review = review(sweep);
            rehearse(review);
            return new Findings(review.verdicts.findings(), review.verdicts.faults(), sweep.notes());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Findings(List.of(), List.of("the scan was interrupted; check again"), List.of());
        } catch (Throwable e) {
            String fault = "the scan failed (" + e + "); check again, and report it";
            return new Findings(List.of(), List.of(fault), List.of());
        }
    }

    /** So that what the JVM would reject is told with the rest. The verifier may need the new classes, if any. */
    private void rehearse(Review review) {
        if (review.additions.wanted().isEmpty()) {
            swap.rehearse(review.loaded, review.verdicts);
        }
    }

    private Review review(Sweep sweep) {
        Capture capture = new Capture();
        Counting counting = new Counting(sweep, capture);
        capture(counting.unknown(), capture);
        counting.name();
        boolean whole = structure && enhanced.takesMembers();
        Review review = new Review(sweep, capture, structure, whole);
        review.files();
        capture(review.unknown(), capture);
        review.differences();
        if (structure && !whole) {
            review.lower(tables, links, new Proxies(instrumentation), wanted -> unchanged(wanted, capture));
            review.stale.addAll(sweep.kept);
            new Serials(links.world(review.batch())).warn(sweep, review);
        }
        review.links(links);
        Definition.foresee(review.additions, review.verdicts);
        return review;
    }

    @Override
    public boolean unsettled() {
        return transition.open();
    }

    @Override
    public int keep(Collection<Thread> old) {
        return transition.keep(old);
    }

    @Override
    public synchronized void settle() {
        transition.settle();
    }

    @Override
    public synchronized List<ClassStatus> classes() {
        return new Inventory().of(tables, exchange.withheldClasses());
    }

    @Override
    public int rollbacks() {
        return exchange.rollbacks();
    }

    @Override
    public Optional<Failure> failure() {
        return canary.failure();
    }

    @Override
    public void trust() {
        canary.watch(null);
    }

    /**
     * Watches classes no more, and hands nothing out. Called once, with nothing {@link #unsettled}; the last call.
     *
     * @param notes told, in lines, what stays
     */
    public void leave(Consumer<String> notes) {
        parting.run(scan.candidates(), notes);
    }

    /** Companions that the classes need; the faults that kept them from being defined. */
    private List<String> define(Review review) {
        List<Lowerings.Fresh> fresh = review.lowerings().map(each -> each.fresh).orElse(List.of());
        List<String> faults = definition.companions(fresh);
        fresh.stream().map(each -> each.host().table().companions).distinct().forEach(Companions::next);
        return faults;
    }

    /** Classes that are to run other code though they have not changed. */
    private List<Change> unchanged(Set<Lowerings.Named> wanted, Capture capture) {
        List<Candidate> found = scan.candidates().stream()
                .filter(each -> wanted.contains(Lowerings.Named.of(each)))
                .toList();
        capture(
                found.stream()
                        .filter(each -> Review.version(each) == null)
                        .map(Candidate::type)
                        .filter(Objects::nonNull)
                        .toArray(Class<?>[]::new),
                capture);
        List<Change> changes = new ArrayList<>();
        for (Candidate each : found) {
            Version version = Review.version(each);
            byte[] bytes = version != null ? version.bytes() : each.type() == null ? null : capture.of(each.type());
            Live live = each.live();
            if (bytes != null) {
                changes.add(live == null ? new Change(each, bytes, null) : Change.back(each, live, bytes));
            }
        }
        return changes;
    }

    private void capture(Class<?>[] unknown, Capture capture) {
        if (unknown.length > 0 && rehearsal.run(unknown, capture).isPresent()) {
            // One that the JVM will not retransform hides those behind it.
            for (Class<?> type : unknown) {
                rehearsal.run(new Class<?>[] {type}, capture);
            }
        }
    }

    private void tell(Sweep sweep) {
        sweep.fates.stream().filter(line -> !toldFates.contains(line)).forEach(journal::detail);
        toldFates = sweep.fates;
        if (sweep.gone > 0 && sweep.gone != toldGone) {
            toldGone = sweep.gone;
            journal.detail(sweep.lost());
        }
        if (!toldUnwatched) {
            toldUnwatched = true;
            sweep.notWatched().forEach(journal::detail);
        }
    }
}
