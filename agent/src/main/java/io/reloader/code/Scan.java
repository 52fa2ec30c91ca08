// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Finds what changed, once nobody writes it any more. Runs on the take-up thread. */
final class Scan {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Places places;
    private final LiveClasses classes;
    private final Baseline baseline;
    private final ClassPathLinks links = new ClassPathLinks(System.getProperty("java.class.path", ""));
    private final Duration quiet;

    /** Whether classes that their compiler counts are looked at together. */
    private final boolean counted;

    Scan(Instrumentation instrumentation, LiveClasses classes, Duration quiet, boolean counted) {
        this.counted = counted;
        this.classes = classes;
        this.places = new Places(instrumentation, classes);
        this.baseline = new Baseline();
        this.quiet = quiet;
    }

    void remember() {
        links.remember();
        baseline.remember(places.gather(new Sweep()));
    }

    /** Looks until what it found has been quiet for long enough; a fault names what is still being written. */
    Sweep run() throws InterruptedException {
        long begin = System.nanoTime();
        Map<Path, Stat> before = Map.of();
        for (; ; ) {
            Sweep sweep = sweep();
            Set<String> young = young(sweep, before);
            if (young.isEmpty()) {
                return sweep;
            }
            if (System.nanoTime() - begin > LIMIT.toNanos()) {
                young.forEach(file -> sweep.fault(
                        file,
                        "is still being written after " + LIMIT.toSeconds()
                                + " s; reload once the build or the copy has ended"));
                return sweep;
            }
            before = new HashMap<>(sweep.sources);
            Thread.sleep(Math.max(1, quiet.toMillis()));
        }
    }

    /** Those of the candidates that are loaded now. */
    Set<Class<?>> loaded(Set<Candidate> candidates) {
        Map<LoaderTable, Set<String>> names = new HashMap<>();
        candidates.forEach(each ->
                names.computeIfAbsent(each.table(), table -> new HashSet<>()).add(each.name()));
        Set<Class<?>> loaded = new HashSet<>();
        candidates().stream()
                .filter(each -> names.getOrDefault(each.table(), Set.of()).contains(each.name()))
                .map(Candidate::type)
                .filter(Objects::nonNull)
                .forEach(loaded::add);
        return loaded;
    }

    /** The classes that are loaded now. */
    List<Candidate> candidates() {
        return places.gather(new Sweep()).values().stream()
                .flatMap(List::stream)
                .toList();
    }

    /** Makes what was found what everyone compares with. */
    void publish(Sweep sweep) {
        sweep.indexes.forEach((location, index) -> {
            location.index(index);
            location.compared(index.stat());
        });
        sweep.left.forEach(each -> {
            Live live = each.table().get(each.name());
            if (live != null) {
                each.table().replace(each.name(), live, live.left());
            }
        });
        Overlay overlay = classes.overlay();
        if (overlay != null) {
            overlay.publish(sweep);
        }
    }

    /** What is laid over the deployed classes. */
    Map<String, Overlay.Laid> laid() {
        Overlay overlay = classes.overlay();
        return overlay == null ? Map.of() : overlay.laid();
    }

    void putBack(Past past) {
        Overlay overlay = classes.overlay();
        if (overlay != null) {
            overlay.putBack(past.laid());
        }
    }

    private Sweep sweep() {
        Sweep sweep = new Sweep();
        links.compare(sweep);
        DirectoryLook directories = new DirectoryLook(baseline);
        try (Archives archives = new Archives()) {
            Map<Location, List<Candidate>> gathered = places.gather(sweep);
            Shadows shadows = new Shadows(gathered);
            shadows.move();
            JarLook jars = new JarLook(baseline, archives, shadows);
            Overlay overlay = classes.overlay();
            if (overlay != null) {
                overlay.look(gathered.values(), sweep);
            }
            gathered.forEach((location, candidates) -> {
                if (location.directory()) {
                    candidates.forEach(candidate -> directories.at(candidate, sweep));
                } else {
                    jars.at(location, candidates, sweep);
                }
            });
            ahead(directories, sweep);
            if (counted) {
                new CountedLook(archives, sweep).at(gathered.values());
            }
        }
        sweep.settle();
        return sweep;
    }

    /** Those that have the file of their name: the others are told by their content. */
    private void ahead(DirectoryLook directories, Sweep sweep) {
        classes.tables()
                .forEach(table -> table.forEach((name, live) -> {
                    if (!live.loaded()
                            && live.version() != null
                            && live.location().directory()) {
                        directories.ahead(new Candidate(table, name, live.location(), null, live), sweep);
                    }
                }));
    }

    /** A time in the future counts as young once: the second look finds the same file. */
    private Set<String> young(Sweep sweep, Map<Path, Stat> before) {
        TreeSet<String> young = new TreeSet<>(sweep.moving);
        long now = System.currentTimeMillis();
        sweep.sources.forEach((path, stat) -> {
            if (now - stat.modified().toMillis() < quiet.toMillis() && !stat.equals(before.get(path))) {
                young.add(path.toString());
            }
        });
        return young;
    }
}
