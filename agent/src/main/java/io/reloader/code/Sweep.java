// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What one look over all places found. Filled and read by the take-up thread. */
final class Sweep {
    final List<Change> loaded = new ArrayList<>();
    final List<Change> pending = new ArrayList<>();

    /** Why the reload is refused; sorted. */
    final Set<String> faults = new TreeSet<>();

    /** By jar: what to remember once the reload is applied. */
    final Map<Location, JarIndex> indexes = new HashMap<>();

    /** Classes that a replaced jar has and the one before it had not, by internal name. */
    final Map<String, Location> brandNew = new TreeMap<>();

    /** The changed files, bad ones too, as they were just before they were read. */
    final Map<Path, Stat> sources = new HashMap<>();

    /** Files that became others while they were read. */
    final Set<String> moving = new TreeSet<>();

    /** How many loaded classes come from each container that is not watched. */
    final Map<String, Integer> unwatched = new TreeMap<>();

    /** How many loaded classes have lost their file. */
    int gone;

    /** Remembers a changed file that has been read, and whether it held still meanwhile. */
    void source(Path path, Stat before) {
        sources.put(path, before);
        if (!before.equals(Stat.of(path))) {
            moving.add(path.toString());
        }
    }

    void fault(Object subject, String words) {
        faults.add(subject + " " + words);
    }
}
