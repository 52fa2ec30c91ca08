// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Judges what a scan found: which changes can be applied, and why others cannot. Runs on the take-up thread. */
final class Review {
    private static final int FEATURE = Runtime.version().feature();

    private final Sweep sweep;
    private final Capture capture;
    private final Map<LoaderTable, Map<String, String>> numberedBefore = new HashMap<>();
    private final Map<LoaderTable, Map<String, String>> numberedAfter = new HashMap<>();

    /** Why nothing is applied; sorted. */
    final Set<String> faults = new TreeSet<>();

    /** What is applied without effect. */
    final Set<String> stale = new TreeSet<>();

    final List<Prepared> loaded = new ArrayList<>();
    final List<Prepared> pending = new ArrayList<>();

    Review(Sweep sweep, Capture capture) {
        this.sweep = sweep;
        this.capture = capture;
        faults.addAll(sweep.faults);
    }

    /** Checks the new class files alone, before the JVM is asked for anything. */
    void files() {
        sweep.loaded.forEach(this::file);
        sweep.pending.forEach(this::file);
    }

    /** Compares each with what it runs now, as captured. */
    void differences() {
        sweep.loaded.forEach(this::compare);
        numberedBefore.forEach(
                (table, before) -> Renumbered.classes(before, numberedAfter.getOrDefault(table, Map.of()))
                        .forEach(this::judge));
        for (Change change : sweep.pending) {
            pending.add(new Prepared(change, Version.first(change.bytes())));
        }
    }

    private void file(Change change) {
        Candidate of = change.of();
        try {
            ClassFile file = ClassFile.of(change.bytes(), FEATURE);
            if (!file.name().equals(of.name())) {
                faults.add(source(of) + " holds the class " + Names.type(file.name())
                        + "; a class file's path and the class in it must agree; build and deploy it again");
            }
            brandNew(of, file.types());
        } catch (ClassFile.Damaged e) {
            faults.add(source(of) + " " + e.getMessage() + "; build and deploy it again");
        }
    }

    private void brandNew(Candidate of, Set<String> types) {
        sweep.brandNew.forEach((name, jar) -> {
            if (types.contains(name)) {
                faults.add(Names.type(name) + ", which " + of.human() + " refers to, is new in " + jar
                        + "; a replaced jar cannot bring new classes yet; restart, or deploy class directories");
            }
        });
    }

    private void compare(Change change) {
        Candidate of = change.of();
        byte[] live = live(of);
        if (live == null) {
            faults.add(of.human() + " cannot be retransformed, so its live code is not known; restart the process");
            return;
        }
        try {
            List<Difference> differences = ClassDiff.between(live, change.bytes());
            differences.forEach(this::judge);
            boolean same = differences.isEmpty();
            if (!same && Renumbered.isNumbered(of.name())) {
                numbered(numberedBefore, of, live);
                numbered(numberedAfter, of, change.bytes());
            }
            loaded.add(new Prepared(change, same ? null : version(of, live, change.bytes())));
        } catch (RuntimeException | StackOverflowError e) {
            faults.add(source(of) + " is damaged (" + e.getClass().getSimpleName() + "); build and deploy it again");
        }
    }

    private Version version(Candidate of, byte[] live, byte[] next) {
        Version version = Version.after(of.live() == null ? null : of.live().version(), live, next);
        if (version.overflows(FEATURE)) {
            faults.add(of.human() + " has gathered up to " + version.constants() + " constants over its reloads;"
                    + " a JVM before 23 aborts at 65,535 (JDK-8311076); restart the process");
        }
        return version;
    }

    private void judge(Difference difference) {
        if (difference instanceof Difference.Blocked blocked) {
            faults.add(blocked.line());
        } else if (difference instanceof Difference.Stale old) {
            stale.add(old.line());
        }
    }

    private byte @Nullable [] live(Candidate of) {
        if (of.live() != null && of.live().version() != null) {
            return of.live().version().bytes();
        }
        return of.type() == null ? null : capture.of(of.type());
    }

    private static void numbered(Map<LoaderTable, Map<String, String>> into, Candidate of, byte[] bytes) {
        into.computeIfAbsent(of.table(), table -> new TreeMap<>()).put(of.name(), Renumbered.text(bytes));
    }

    private static String source(Candidate of) {
        return of.location() + (of.location().directory() ? "/" : "!/") + of.name() + ".class";
    }
}
