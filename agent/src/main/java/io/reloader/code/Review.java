// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import io.reloader.control.Findings.Verdict;
import io.reloader.lower.Homes;
import io.reloader.lower.Lambdas;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Judges what a scan found: which changes can be applied, and why others cannot. Runs on the take-up thread. */
final class Review {
    private static final int FEATURE = Runtime.version().feature();

    private final Sweep sweep;
    private final Capture capture;
    private final boolean structure;

    /** Whether the JVM takes members that come and go itself. */
    private final boolean enhanced;

    private final Map<LoaderTable, Numbered> numbered = new HashMap<>();

    /** Those whose new class file cannot be read, or is not what it is called. */
    private final Set<Candidate> broken = new HashSet<>();

    final Verdicts verdicts;

    /** Null until the differences are known. */
    private @Nullable Lowerings lowerings;

    /** What is applied without effect. */
    final Set<String> stale = new TreeSet<>();

    /** What the JVM does not take, and what may be put so that it does. */
    final Map<Candidate, List<Difference.Blocked>> lowerable = new HashMap<>();

    final List<Prepared> loaded = new ArrayList<>();
    final List<Prepared> pending = new ArrayList<>();

    /** Classes that those that changed need, and that no class loader would find. */
    final Additions additions;

    Review(Sweep sweep, Capture capture, boolean structure, boolean enhanced) {
        this.structure = structure;
        this.enhanced = enhanced;
        this.sweep = sweep;
        additions = new Additions(sweep.brandNew, sweep.overlay);
        this.capture = capture;
        verdicts = new Verdicts(sweep.faults);
    }

    /** Checks the new class files alone, before the JVM is asked for anything. */
    void files() {
        sweep.loaded.forEach(change -> file(change, change.of().type()));
        sweep.pending.forEach(change -> file(change, null));
        for (Addition next = additions.next(); next != null; next = additions.next()) {
            file(next.change(), next.beside());
        }
    }

    /** The loaded ones whose live code is not known. */
    Class<?>[] unknown() {
        return intact(sweep.loaded.stream())
                .map(Change::of)
                .filter(of -> live(of) == null)
                .map(Candidate::type)
                .filter(Objects::nonNull)
                .toArray(Class<?>[]::new);
    }

    /** Compares each with what it runs now, as captured. */
    void differences() {
        intact(sweep.loaded.stream()).forEach(this::compare);
        Stream<Change> comers =
                Stream.concat(sweep.pending.stream(), sweep.brandNew.stream().map(Addition::change));
        intact(comers).forEach(this::number);
        numbered.values().forEach(each -> each.moved().forEach(this::judge));
        intact(sweep.pending.stream()).forEach(change -> {
            verdicts.found(change.of(), Verdict.PENDING);
            pending.add(new Prepared(change, Version.first(change.bytes())));
        });
        additions.wanted().forEach(each -> verdicts.found(each.change().of(), Verdict.NEW));
        sweep.renamed.forEach((of, line) -> verdicts.found(of, Verdict.LOWERED, line));
    }

    /** From here on the loaded ones get what agents before ours make of their new code. */
    void woven(Capture made) {
        loaded.replaceAll(each -> {
            Class<?> type = each.change().of().type();
            return type == null ? each : each.woven(made.of(type));
        });
    }

    /** Puts what the JVM does not take otherwise; {@code unchanged}: finds classes that have not changed. */
    void lower(
            LoaderTables tables,
            LinkCheck check,
            Proxies proxies,
            Function<Set<Lowerings.Named>, List<Change>> unchanged) {
        lowerings = new Lowerings(this, tables, check.world(batch()), proxies, unchanged);
        lowerings.run();
    }

    Optional<Lowerings> lowerings() {
        return Optional.ofNullable(lowerings);
    }

    /** Checks that the new class files fit together, and with what runs. */
    void links(LinkCheck check) {
        Stream<Change> known = Stream.concat(sweep.loaded.stream(), sweep.pending.stream());
        Stream<Change> added = additions.wanted().stream().map(Addition::change);
        List<Change> all = Stream.concat(known, added).toList();
        check.run(new LinkCheck.Batch(all, broken, this::live, !lowerable.isEmpty()), verdicts);
    }

    /** The new class files as they were read. */
    LinkCheck.Batch batch() {
        Stream<Change> known = Stream.concat(loaded.stream(), pending.stream()).map(Prepared::change);
        Stream<Change> added = additions.wanted().stream().map(Addition::change);
        return new LinkCheck.Batch(Stream.concat(known, added).toList(), broken, this::live, true);
    }

    private Stream<Change> intact(Stream<Change> changes) {
        return changes.filter(change -> !broken.contains(change.of()));
    }

    /** Of every class that is to change, or to come, with dots. */
    Set<String> names() {
        Set<String> names = new TreeSet<>();
        loaded.forEach(each -> names.add(each.change().of().human()));
        pending.forEach(each -> names.add(each.change().of().human()));
        additions.wanted().forEach(each -> names.add(each.change().of().human()));
        return names;
    }

    private void file(Change change, @Nullable Class<?> beside) {
        Candidate of = change.of();
        try {
            ClassFile file = ClassFile.of(change.bytes(), FEATURE);
            if (file.name().equals(of.name())) {
                additions.wanted(of, beside, file.types());
            } else {
                broken(
                        of,
                        "holds the class " + Names.type(file.name())
                                + "; a class file's path and the class in it must agree");
            }
        } catch (ClassFile.Damaged e) {
            broken(of, e.getMessage());
        }
    }

    private void broken(Candidate of, @Nullable String words) {
        broken.add(of);
        String line = of.location().file(of.name()) + " " + words + "; build and deploy it again";
        verdicts.fault(of, Verdict.BROKEN, line);
    }

    private void compare(Change change) {
        Candidate of = change.of();
        byte[] live = live(of);
        if (live == null) {
            verdicts.fault(
                    of,
                    Verdict.RESTART,
                    of.human() + " cannot be retransformed, so its live code is not known; restart the process");
            return;
        }
        try {
            Change read = structure ? matched(change, live) : change;
            List<Difference> differences = ClassDiff.between(live, read.bytes());
            verdicts.found(of, Verdict.SAME);
            differences.forEach(each -> judge(of, each));
            boolean same = differences.isEmpty();
            if (!same && Renumbered.isNumbered(of.name()) && !isNamed(of)) {
                numbered.computeIfAbsent(of.table(), table -> new Numbered()).add(of, live, change.bytes());
                if (of.location().directory()) {
                    NumberedFiles.beside(of).forEach(Objects.requireNonNull(numbered.get(of.table()))::comes);
                }
            }
            loaded.add(new Prepared(read, same ? null : version(of, live, read.bytes())));
        } catch (RuntimeException | StackOverflowError | AssertionError e) {
            broken(of, "is damaged (" + e.getClass().getSimpleName() + ")");
        }
    }

    /** Whether it is known to be what its name says. */
    private boolean isNamed(Candidate of) {
        return structure && (sweep.named || sweep.counted.stream().anyMatch(each -> each.has(of)));
    }

    /** A class that comes may have the body, and a loaded one its number. */
    private void number(Change change) {
        Candidate of = change.of();
        Numbered known = numbered.get(of.table());
        if (known != null && Renumbered.isNumbered(of.name())) {
            known.comes(of.name(), change.bytes());
        }
    }

    private static Change matched(Change change, byte[] live) {
        Homes homes = change.of().table().companions.homes(change.of().name());
        byte[] bytes = Lambdas.matched(live, change.bytes(), homes.methods().keySet());
        return Arrays.equals(bytes, change.bytes()) ? change : change.read(bytes);
    }

    private Version version(Candidate of, byte[] live, byte[] next) {
        Version version = Version.after(version(of), live, next);
        if (version.overflows(FEATURE)) {
            verdicts.fault(
                    of,
                    Verdict.RESTART,
                    of.human() + " has gathered up to " + version.constants() + " constants over its reloads;"
                            + " a JVM before 23 aborts at 65,535 (JDK-8311076); restart the process");
        }
        return version;
    }

    /** The new version of a change with the bodies that it replaces beside it; empty if one class cannot hold both. */
    Optional<Version> beside(Prepared change) {
        Candidate of = change.change().of();
        byte[] live = runs(of);
        Version next = change.version();
        if (live == null || next == null) {
            return Optional.empty();
        }
        try {
            byte[] old = of.provision().in(live);
            return DualBody.of(old, next.runs()).map(dual -> next.beside(dual, version(of)));
        } catch (RuntimeException | StackOverflowError | AssertionError e) {
            // Bytes that are no code a compiler makes; whether they may run is the JVM's to say.
            return Optional.empty();
        }
    }

    private void judge(Candidate of, Difference difference) {
        if (difference instanceof Difference.Blocked blocked
                && enhanced
                && blocked.rule().lowerable()) {
            verdicts.found(of, Verdict.BODY, blocked.member() + " " + blocked.fact());
        } else if (difference instanceof Difference.Blocked blocked
                && structure
                && blocked.rule().lowerable()) {
            lowerable.computeIfAbsent(of, each -> new ArrayList<>()).add(blocked);
        } else if (difference instanceof Difference.Blocked blocked) {
            verdicts.fault(of, Verdict.RESTART, blocked.line());
        } else if (difference instanceof Difference.Stale old) {
            verdicts.found(of, Verdict.STALE, old.line());
            stale.add(old.line());
        } else if (difference instanceof Difference.Body body) {
            verdicts.found(of, Verdict.BODY, body.member() + " changed");
        }
    }

    /** Its old code, to compare with. */
    byte @Nullable [] live(Candidate of) {
        Version version = version(of);
        return version == null ? captured(of) : version.bytes();
    }

    /** Its old code as agents before ours have made it. */
    byte @Nullable [] runs(Candidate of) {
        Version version = version(of);
        return version == null ? captured(of) : version.runs();
    }

    /** What a rollback goes back to. */
    byte @Nullable [] before(Candidate of) {
        Version version = version(of);
        return version == null || version.plain() ? runs(of) : version.bytes();
    }

    static @Nullable Version version(Candidate of) {
        return of.live() == null ? null : of.live().version();
    }

    private byte @Nullable [] captured(Candidate of) {
        return of.type() == null ? null : capture.of(of.type());
    }

    /** The changed anonymous and local classes of one class loader. */
    private static final class Numbered {
        private final Map<String, Candidate> candidates = new HashMap<>();
        private final Map<String, String> before = new TreeMap<>();
        private final Map<String, String> after = new TreeMap<>();

        void add(Candidate of, byte[] live, byte[] next) {
            candidates.put(of.name(), of);
            before.put(of.name(), Renumbered.text(live));
            after.put(of.name(), Renumbered.text(next));
        }

        void comes(String name, byte[] bytes) {
            try {
                after.putIfAbsent(name, Renumbered.text(bytes));
            } catch (RuntimeException | StackOverflowError | AssertionError e) {
                // It is damaged, which is said where it is wanted.
            }
        }

        Map<Candidate, Difference> moved() {
            Map<Candidate, Difference> moved = new HashMap<>();
            Renumbered.classes(before, after)
                    .forEach(each -> moved.put(Objects.requireNonNull(candidates.get(each.type())), each));
            return moved;
        }
    }
}
