// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import io.reloader.lower.Counted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads all class files of each top class that has counted classes and in which something changed: a class that did not
 * change may have another number. Runs on the take-up thread.
 */
final class CountedLook {
    private final Archives archives;
    private final Sweep sweep;

    CountedLook(Archives archives, Sweep sweep) {
        this.archives = archives;
        this.sweep = sweep;
    }

    /** {@code places}: the loaded classes. */
    void at(Collection<List<Candidate>> places) {
        Map<LoaderTable, Map<String, CountedFiles>> changed = changed();
        if (changed.isEmpty()) {
            return;
        }
        for (List<Candidate> place : places) {
            for (Candidate each : place) {
                CountedFiles of = changed.getOrDefault(each.table(), Map.of()).get(Counted.top(each.name()));
                if (of != null) {
                    of.loaded.put(each.name(), each);
                }
            }
        }
        changed.values().forEach(all -> all.values().forEach(this::read));
    }

    private Map<LoaderTable, Map<String, CountedFiles>> changed() {
        Map<LoaderTable, Map<String, CountedFiles>> changed = new HashMap<>();
        Stream<Change> added = sweep.brandNew.stream().map(Addition::change);
        Stream.of(sweep.loaded.stream(), sweep.pending.stream(), added)
                .flatMap(each -> each)
                .map(Change::of)
                .forEach(of -> changed.computeIfAbsent(of.table(), table -> new HashMap<>())
                        .computeIfAbsent(
                                Counted.top(of.name()), top -> new CountedFiles(of.table(), top, of.location())));
        return changed;
    }

    private void read(CountedFiles of) {
        boolean counted = of.loaded.keySet().stream().anyMatch(Counted::is);
        boolean elsewhere = of.loaded.values().stream()
                .anyMatch(each -> each.location() != of.location() || sweep.overlay.containsKey(each.name()));
        if (!counted || elsewhere) {
            return;
        }
        try {
            Source source = of.location().directory() ? directory(of.location()) : jar(of.location());
            gather(of, source);
            if (of.files.containsKey(of.top())) {
                sweep.counted.add(of);
            }
        } catch (IOException | RuntimeException e) {
            // One that is damaged, or has gone meanwhile: the look that comes upon it says so.
        }
    }

    private interface Source {
        CountedFiles.@Nullable Read of(String name) throws IOException;
    }

    /** What a compiler left of an earlier build is named by nothing. */
    private static void gather(CountedFiles of, Source source) throws IOException {
        ArrayDeque<String> next = new ArrayDeque<>(List.of(of.top()));
        Set<String> seen = new HashSet<>(next);
        for (String name = next.poll(); name != null; name = next.poll()) {
            CountedFiles.Read file = source.of(name);
            if (file == null) {
                continue;
            }
            of.files.put(name, file);
            for (String each : Counted.nested(file.bytes())) {
                if (seen.add(each)) {
                    next.add(each);
                }
            }
        }
    }

    private Source directory(Location location) {
        return name -> {
            Path file = DirectoryLook.file(location, name);
            Stat stat = file == null ? null : Stat.of(file);
            if (file == null || stat == null) {
                return null;
            }
            byte[] bytes = Files.readAllBytes(file);
            sweep.source(file, stat);
            return new CountedFiles.Read(bytes, stat);
        };
    }

    private Source jar(Location location) throws IOException {
        Jar jar = archives.at(location.place());
        Map<String, Archive.Entry> classes = jar.classes();
        return name -> {
            Archive.Entry entry = classes.get(name);
            return entry == null ? null : new CountedFiles.Read(jar.archive().read(entry), null);
        };
    }
}
