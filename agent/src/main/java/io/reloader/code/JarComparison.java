// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What the classes of one open jar, or of a place within it, mean to one class loader. Runs on the take-up thread. */
record JarComparison(Location location, Map<String, Archive.Entry> classes, Jar jar, Look look) {
    static final String AGAIN = "; build and deploy it again";

    /**
     * What it is part of.
     *
     * @param now the jar's file
     */
    record Look(Sweep sweep, Shadows shadows, Stat now) {}

    void of(List<Candidate> candidates) throws IOException {
        Set<String> loaded = new HashSet<>();
        for (Candidate candidate : candidates) {
            loaded.add(candidate.name());
            loaded.add(candidate.file());
            loaded(candidate);
        }
        if (!candidates.isEmpty()) {
            others(candidates.get(0), loaded);
        }
        look.sweep.indexes.put(location, jar.index(look.now));
    }

    private void loaded(Candidate candidate) {
        String name = candidate.file();
        if (name.isEmpty() || look.sweep.overlay.containsKey(candidate.name())) {
            return;
        }
        Archive.Entry entry = classes.get(name);
        if (entry == null) {
            // Else it was made at run time, as proxies are, and never was there.
            JarIndex known = location.index();
            look.sweep.gone += known == null || known.classes().containsKey(name) ? 1 : 0;
            return;
        }
        Live live = candidate.live();
        if (live == null || (live.crc() != entry.crc() && !unchanged(name, live, entry))) {
            read(candidate).ifPresent(look.sweep.loaded::add);
        }
    }

    /** The same entry in both jars: then it was another agent that made the loaded bytes differ. */
    private boolean unchanged(String name, Live live, Archive.Entry entry) {
        JarIndex before = location.index();
        Integer crc = before == null ? null : before.classes().get(name);
        return live.version() == null
                && before != null
                && !before.stat().equals(look.now)
                && crc != null
                && crc == entry.crc();
    }

    private void others(Candidate beside, Set<String> loaded) {
        JarIndex known = location.index();
        classes.forEach((name, entry) -> {
            if (loaded.contains(name)) {
                return;
            }
            LoaderTable table = beside.table();
            Candidate elsewhere = look.shadows.loaded(table, name);
            if (elsewhere != null) {
                earlier(elsewhere, entry);
                return;
            }
            Candidate candidate = new Candidate(table, name, location, null, table.get(name));
            Class<?> type = beside.type();
            if (type != null && (known == null ? look.shadows.misses(beside, name) : location.brandNew(name))) {
                if (!look.shadows.finds(table, name, location)) {
                    read(candidate).ifPresent(change -> look.sweep.brandNew.add(new Addition(change, type)));
                }
            } else if ((known == null || !Objects.equals(known.classes().get(name), entry.crc()))
                    && !look.shadows.hidden(table, name, location)) {
                read(candidate).ifPresent(look.sweep.pending::add);
            }
        });
    }

    /** This jar has it, too: if it is searched first, since it was replaced. */
    private void earlier(Candidate elsewhere, Archive.Entry entry) {
        Live live = elsewhere.live();
        Class<?> type = elsewhere.type();
        JarIndex known = location.index();
        if (type != null
                && (known == null || !known.classes().containsKey(elsewhere.name()))
                && !elsewhere.overlaid()
                && (live == null || live.crc() != entry.crc())
                && look.shadows.before(elsewhere.table(), location, elsewhere.location())) {
            read(new Candidate(elsewhere.table(), elsewhere.name(), location, type, live))
                    .ifPresent(change -> {
                        look.sweep.earlier.put(type, location);
                        look.sweep.loaded.add(change);
                    });
        }
    }

    private Optional<Change> read(Candidate candidate) {
        try {
            Archive.Entry entry = Objects.requireNonNull(classes.get(candidate.file()));
            return Optional.of(new Change(candidate, jar.archive().read(entry), null));
        } catch (IOException e) {
            String words = e instanceof ClassFile.Damaged ? e.getMessage() : "cannot be read (" + e + ")";
            look.sweep.fault(location.file(candidate.file()), words + AGAIN);
            return Optional.empty();
        }
    }
}
