// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import io.reloader.control.Findings.Verdict;
import io.reloader.lower.Catches;
import io.reloader.lower.Detached;
import io.reloader.lower.Homes;
import io.reloader.lower.Lowering;
import io.reloader.lower.Lowering.Lowered;
import io.reloader.lower.Plan;
import io.reloader.lower.Refusal;
import io.reloader.lower.Subject;
import io.reloader.lower.Unexpressible;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ReloaderMembers;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Puts the changes of a review that the JVM does not take into a form that it takes: the shape that each class was
 * loaded with, and companions beside it. Lives for one reload; runs on the take-up thread.
 */
final class Lowerings {
    private final Review review;
    private final LoaderTables tables;
    private final World world;
    private final Unseen unseen;
    private final HeldObjects held;

    /** Finds a loaded class that has not changed itself. */
    private final Function<Set<Named>, List<Change>> unchanged;

    private final Map<Named, Homes> planned = new HashMap<>();
    private final Map<Named, Change> subjects = new HashMap<>();
    private final Map<LoaderTable, LoweredTypes> types = new HashMap<>();

    /** Companions that no reload has defined. */
    final List<Fresh> fresh = new ArrayList<>();

    Lowerings(
            Review review,
            LoaderTables tables,
            World world,
            Proxies proxies,
            Function<Set<Named>, List<Change>> unchanged) {
        this.review = review;
        this.tables = tables;
        this.world = world;
        this.unseen = new Unseen(review, proxies);
        this.held = new HeldObjects(proxies);
        this.unchanged = unchanged;
    }

    /** A class of a class loader. */
    record Named(LoaderTable table, String name) {
        static Named of(Candidate candidate) {
            return new Named(candidate.table(), candidate.name());
        }
    }

    /** A companion that is to be defined beside its class. */
    static final class Fresh {
        private final Candidate host;
        private final String name;
        private final byte[] bytes;

        Fresh(Candidate host, String name, byte[] bytes) {
            this.host = host;
            this.name = name;
            this.bytes = bytes;
        }

        Candidate host() {
            return host;
        }

        String name() {
            return name;
        }

        byte[] bytes() {
            return bytes;
        }
    }

    void run() {
        Set<LoaderTable> active = active();
        if (active.isEmpty()) {
            return;
        }
        for (Prepared each : review.loaded) {
            if (each.version() != null) {
                subjects.put(Named.of(each.change().of()), each.change());
            }
        }
        subjects.forEach(this::plan);
        ByName.of(tables, planned).judge(review, subjects.values());
        Map<LoaderTable, Catches> catches = catches(active);
        Map<Named, Lowered> lowered = new TreeMap<>(
                Comparator.comparing(Named::name).thenComparing(each -> System.identityHashCode(each.table())));
        types.clear();
        subjects.forEach((named, change) -> lower(named, change, catches, lowered));
        tell();
        if (!review.verdicts.refused()) {
            try {
                rewriteUnloaded();
                subjects.forEach(this::nest);
            } catch (Unexpressible e) {
                review.verdicts.fault("a class that comes " + e.getMessage() + "; restart the process");
                return;
            }
            lowered.forEach(this::take);
        }
    }

    /** Those in whose classes something is lowered, or has been. */
    private Set<LoaderTable> active() {
        Set<LoaderTable> active = new HashSet<>();
        review.lowerable.keySet().forEach(each -> active.add(each.table()));
        for (Prepared each : review.loaded) {
            Version version = Review.version(each.change().of());
            if (version != null && !version.plain()) {
                active.add(each.change().of().table());
            }
        }
        tables.forEach(table -> {
            if (!table.companions.owners().isEmpty()) {
                active.add(table);
            }
        });
        return active;
    }

    private void plan(Named named, Change change) {
        Plan plan = Plan.of(subject(named, change));
        plan.refusals().forEach(each -> refuse(change.of(), each));
        planned.put(named, plan.homes());
        Homes before = named.table().companions.homes(named.name());
        byte[] shaped = shaped(change.of());
        unseen.of(change, shaped == null ? change.bytes() : shaped, plan.homes(), before);
        held.against(change, plan.homes(), before)
                .forEach(line -> review.verdicts.fault(change.of(), Verdict.RESTART, line));
    }

    private Map<LoaderTable, Catches> catches(Set<LoaderTable> active) {
        Map<LoaderTable, Catches> all = new HashMap<>();
        Set<Named> more = new HashSet<>();
        for (LoaderTable table : active) {
            Set<String> names = new HashSet<>(table.companions.owners());
            planned.keySet().stream().filter(each -> each.table() == table).forEach(each -> names.add(each.name()));
            LoweredTypes seen = types(table);
            if (seen == null) {
                continue;
            }
            Catches catches = Catches.of(seen, names);
            all.put(table, catches);
            catches.refusals().forEach(each -> refuse(table, each));
            Set<String> watching = new HashSet<>(catches.classes());
            names.stream()
                    .filter(each -> !table.companions.homes(each).bodies().isEmpty())
                    .forEach(watching::add);
            watching.forEach(each -> more.add(new Named(table, each)));
        }
        more.removeAll(subjects.keySet());
        Set<Named> wanted = new HashSet<>(more);
        active.forEach(table -> table.forEach((name, live) -> {
            if (live.loaded() && live.version() != null && live.version().relinks()) {
                wanted.add(new Named(table, name));
            }
        }));
        wanted.removeAll(subjects.keySet());
        for (Change each : wanted.isEmpty() ? List.<Change>of() : unchanged.apply(wanted)) {
            subjects.put(Named.of(each.of()), each);
        }
        subjects.forEach((named, change) -> {
            Catches of = all.get(named.table());
            Homes homes = homes(named.table(), named.name());
            if (of != null) {
                planned.put(
                        named,
                        of.bodies(named.name(), homes, named.table().companions.fresh(named.name())));
            }
        });
        more.removeAll(subjects.keySet());
        more.forEach(each -> review.verdicts.fault(Names.type(each.name())
                + "'s live code is not known, and overrides of its methods were added;" + " restart the process"));
        return all;
    }

    private void lower(Named named, Change change, Map<LoaderTable, Catches> catches, Map<Named, Lowered> lowered) {
        LoweredTypes seen = types(named.table());
        Catches of = catches.get(named.table());
        if (seen == null || review.verdicts.refused()) {
            return;
        }
        try {
            Catches known = of == null ? Catches.of(seen, List.of()) : of;
            lowered.put(named, Lowering.of(subject(named, change), homes(named.table(), named.name()), seen, known));
        } catch (Lowering.Failed e) {
            refuse(change.of(), e.refusal());
        }
    }

    /** From here on the review has the class in the shape that the JVM takes. */
    private void take(Named named, Lowered lowered) {
        Change change = subjects.get(named);
        if (change == null) {
            return;
        }
        planned.put(named, lowered.homes());
        Candidate of = change.of();
        boolean changed = false;
        for (int i = 0; i < review.loaded.size(); i++) {
            Prepared each = review.loaded.get(i);
            if (Named.of(each.change().of()).equals(named) && each.version() != null) {
                changed = true;
                if (!lowered.plain()) {
                    review.loaded.set(i, new Prepared(change, each.version().shaped(lowered.shaped())));
                }
            }
        }
        byte[] live = review.live(of);
        if (!changed && live != null && !Arrays.equals(lowered.shaped(), shaped(of))) {
            Version version = Version.after(Review.version(of), live, change.bytes());
            review.loaded.add(new Prepared(change, version.shaped(lowered.shaped())));
            review.verdicts.found(of, Verdict.LOWERED, of.human() + " is linked anew to what was added");
        }
        lowered.companions().forEach((name, bytes) -> companion(of, name, bytes));
    }

    private void companion(Candidate host, String name, byte[] bytes) {
        Class<?> type = host.table().companions.type(name);
        Live live = host.table().get(name);
        if (type == null || live == null || live.version() == null) {
            fresh.add(new Fresh(host, name, bytes));
            return;
        }
        Candidate of = new Candidate(host.table(), name, host.location(), type, live);
        Version version = Version.after(live.version(), live.version().bytes(), bytes);
        review.loaded.add(new Prepared(new Change(of, bytes, null), version));
    }

    private void nest(Named named, Change change) {
        LoweredTypes seen = types(named.table());
        byte[] shaped = shaped(change.of());
        if (seen != null && shaped != null) {
            new Nestlings(review).of(change, shaped, seen);
        }
    }

    private void rewriteUnloaded() {
        for (Addition each : review.additions.wanted()) {
            LoweredTypes seen = types(each.table());
            byte[] bytes = each.change().bytes();
            if (seen != null && each.change().file() != null) {
                each.change().announce(Version.first(bytes).shaped(Detached.of(bytes, seen, false)));
            }
        }
        review.pending.replaceAll(each -> {
            LoweredTypes seen = types(each.change().of().table());
            Version before = Review.version(each.change().of());
            byte[] bytes = seen == null || each.version() == null
                    ? null
                    : Detached.of(each.change().bytes(), seen, before != null && !before.plain());
            return bytes == null || each.version() == null
                    ? each
                    : new Prepared(each.change(), each.version().shaped(bytes));
        });
    }

    /** What was found has been applied. */
    void commit() {
        planned.forEach((named, homes) -> {
            if (!homes.equals(Homes.NONE)) {
                named.table().companions.homes(named.name(), homes);
            }
        });
        planned.keySet().stream().map(Named::table).distinct().forEach(table -> table.added(table.companions.added()));
    }

    private void tell() {
        review.lowerable.forEach((of, differences) -> {
            if (!review.verdicts.against(of)) {
                differences.forEach(each -> review.verdicts.found(
                        of, Verdict.LOWERED, each.member() + " " + each.fact() + "; it is lowered onto a companion"));
            }
        });
    }

    private void refuse(LoaderTable table, Refusal refusal) {
        for (Map.Entry<Named, Change> each : subjects.entrySet()) {
            if (each.getKey().table() == table && each.getKey().name().equals(refusal.type())) {
                refuse(each.getValue().of(), refusal);
                return;
            }
        }
        review.verdicts.fault(line(refusal));
    }

    private void refuse(Candidate of, Refusal refusal) {
        review.verdicts.fault(of, Verdict.RESTART, line(refusal));
    }

    private static String line(Refusal refusal) {
        String member = refusal.name().isEmpty()
                ? Names.type(refusal.type())
                : refusal.descriptor().startsWith("(")
                        ? Names.method(refusal.type(), refusal.name(), refusal.descriptor())
                        : Names.field(refusal.type(), refusal.name());
        return member + " " + refusal.fact() + "; " + refusal.reason() + "; restart the process";
    }

    private Subject subject(Named named, Change change) {
        Homes homes = named.table().companions.homes(named.name());
        Map<String, byte[]> companions = new TreeMap<>();
        for (String each : homes.companions()) {
            Live live = named.table().get(each);
            if (live != null && live.version() != null) {
                companions.put(each, live.version().bytes());
            }
        }
        byte[] shaped = shaped(change.of());
        return new Subject(
                shaped == null ? change.bytes() : shaped,
                change.bytes(),
                homes,
                companions,
                named.table().companions.fresh(named.name()),
                review.lowerable.getOrDefault(change.of(), List.of()).stream()
                        .anyMatch(each -> each.rule() == Rule.SWITCH_MAP),
                change.of().type() == null
                        || ReloaderMembers.initialised(change.of().type()));
    }

    private byte @Nullable [] shaped(Candidate of) {
        Version version = Review.version(of);
        byte[] bytes = version == null ? review.live(of) : version.shaped();
        return bytes == null ? null : of.provision().in(bytes);
    }

    private @Nullable LoweredTypes types(LoaderTable table) {
        ClassLoader loader = table.loader();
        return loader == null
                ? null
                : types.computeIfAbsent(
                        table, each -> new LoweredTypes(world, loader, tables, this::homes, this::shaped));
    }

    private byte @Nullable [] shaped(LoaderTable table, String name) {
        Change change = subjects.get(new Named(table, name));
        Live live = table.get(name);
        return change != null
                ? shaped(change.of())
                : live == null || !live.loaded() || live.version() == null
                        ? null
                        : live.version().shaped();
    }

    private Homes homes(LoaderTable table, String name) {
        Homes homes = planned.get(new Named(table, name));
        return homes == null ? table.companions.homes(name) : homes;
    }
}
