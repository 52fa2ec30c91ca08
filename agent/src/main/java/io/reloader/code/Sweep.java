// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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

    /** Classes that a replaced jar has and the one that its class loader opened has not. */
    final List<Addition> brandNew = new ArrayList<>();

    /** What is in the overlay, by internal name. */
    final Map<String, byte[]> overlay = new HashMap<>();

    /** The changed files, bad ones too, as they were just before they were read. */
    final Map<Path, Stat> sources = new HashMap<>();

    /** Files that became others while they were read. */
    final Set<String> moving = new TreeSet<>();

    /** How many loaded classes come from each container that is not watched. */
    final Map<String, Integer> unwatched = new TreeMap<>();

    /** What became of jars that are gone. */
    final Set<String> fates = new TreeSet<>();

    /** Loaded classes that a changed jar has now, and that came from a place which is searched later. */
    final Map<Class<?>, Location> earlier = new HashMap<>();

    /** Loaded classes that are counted by their compiler, with what changed around them. */
    final List<CountedFiles> counted = new ArrayList<>();

    /** What each of these, whose files have been given other names, is to be told with. */
    final Map<Candidate, String> renamed = new HashMap<>();

    /** Lines that tell of classes whose objects keep what they run. */
    final List<String> kept = new ArrayList<>();

    /** Loaded classes whose class files hold others now. */
    final Set<Candidate> left = new HashSet<>();

    /** Whether every class in it is what its name says. */
    boolean named;

    /** How many loaded classes have lost their file. */
    int gone;

    /** Of a rollback: classes that are not loaded yet. */
    final List<Restored> restored = new ArrayList<>();

    /** Of a rollback: what it leaves as it is. */
    final List<String> remarks = new ArrayList<>();

    /** Remembers a changed file that has been read, and whether it held still meanwhile. */
    void source(Path path, Stat before) {
        sources.put(path, before);
        if (!before.equals(Stat.of(path))) {
            moving.add(path.toString());
        }
    }

    /** Every loaded class changes once, to what the place has that is searched first. */
    void settle() {
        loaded.removeIf(change -> {
            Class<?> type = change.of().type();
            Location place = type == null ? null : earlier.get(type);
            return place != null && place != change.of().location();
        });
    }

    boolean unchanged() {
        return loaded.isEmpty() && pending.isEmpty();
    }

    /** What is to be known, though no reload can change it. */
    List<String> notes() {
        List<String> notes = new ArrayList<>(fates);
        notes.addAll(notWatched());
        if (gone > 0) {
            notes.add(lost());
        }
        return notes;
    }

    String lost() {
        return gone + " loaded classes are no longer where they came from; they stay as they are";
    }

    List<String> notWatched() {
        List<String> lines = new ArrayList<>();
        unwatched.forEach((container, count) -> lines.add(count + " classes come from " + container
                + "; not watched: deploy class directories or jars, or restart"));
        return lines;
    }

    void fault(Object subject, String words) {
        faults.add(subject + " " + words);
    }
}
