// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;

/**
 * Compares the classes of a plain jar with the jar now under its name. The class loader keeps the jar that it opened:
 * after a rename it goes on with the old one, which is why classes that are not loaded yet must be replaced too.
 * Runs on the take-up thread.
 */
final class JarLook {
    private static final String AGAIN = "; build and deploy it again";

    private final Baseline baseline;

    JarLook(Baseline baseline) {
        this.baseline = baseline;
    }

    void at(Location location, List<Candidate> candidates, Sweep sweep) {
        Stat now = Stat.of(location.path());
        if (now == null) {
            sweep.gone += candidates.size();
            return;
        }
        if (now.equals(location.compared())) {
            return;
        }
        Stat opened = location.opened();
        if (opened != null && now.sameFile(opened) && !now.equals(opened)) {
            sweep.fault(
                    location,
                    "was overwritten in place; its class loader reads on from the file it opened, which is no more;"
                            + " deploy by rename: write the new jar beside it and mv it over");
            return;
        }
        if (opened == null || !now.equals(opened) || location.compared() != null) {
            compare(location, candidates, now, sweep);
        } else if (!first(location, candidates, sweep)) {
            compare(location, candidates, now, sweep);
        }
    }

    /** Whether the first look at a jar already settles it. */
    private boolean first(Location location, List<Candidate> candidates, Sweep sweep) {
        try {
            JarIndex known = location.index();
            JarIndex index = known == null ? Baseline.first(location) : known;
            if (index == null || !baseline.untouched(location.path())) {
                return false;
            }
            Baseline.adopt(location, candidates, index);
        } catch (IOException e) {
            // The class loader can read it and JarFile cannot: no plain jar.
            sweep.unwatched.merge(location.toString(), candidates.size(), Integer::sum);
        }
        return true;
    }

    private static void compare(Location location, List<Candidate> candidates, Stat now, Sweep sweep) {
        try (JarFile jar = JarIndex.open(location.path())) {
            JarIndex next = JarIndex.of(jar, now);
            Reading reading = new Reading(location, jar, next, sweep);
            Set<String> loaded = new HashSet<>();
            for (Candidate candidate : candidates) {
                loaded.add(candidate.name());
                reading.loaded(candidate);
            }
            if (!candidates.isEmpty()) {
                reading.others(candidates.get(0).table(), loaded);
            }
            sweep.indexes.put(location, next);
        } catch (IOException | IllegalArgumentException e) {
            sweep.fault(location, "is not a readable jar (" + e.getMessage() + ")" + AGAIN);
        }
        sweep.source(location.path(), now);
    }

    /** One jar, open. */
    private record Reading(Location location, JarFile jar, JarIndex next, Sweep sweep) {

        void loaded(Candidate candidate) {
            Integer crc = next.classes().get(candidate.name());
            if (crc == null) {
                sweep.gone++;
                return;
            }
            Live live = candidate.live();
            if (live == null || (live.crc() != crc && !unchanged(candidate.name(), live, crc))) {
                read(candidate, sweep.loaded);
            }
        }

        /** The same entry in both jars: then it was another agent that made the loaded bytes differ. */
        private boolean unchanged(String name, Live live, Integer crc) {
            JarIndex before = location.index();
            return live.version() == null
                    && before != null
                    && !before.stat().equals(next.stat())
                    && crc.equals(before.classes().get(name));
        }

        void others(LoaderTable table, Set<String> loaded) {
            JarIndex known = location.index();
            Map<String, Integer> before = known == null ? Map.of() : known.classes();
            next.classes().forEach((name, crc) -> {
                if (loaded.contains(name)) {
                    return;
                }
                Integer old = before.get(name);
                if (known != null && old == null) {
                    sweep.brandNew.put(name, location);
                } else if (!crc.equals(old)) {
                    read(new Candidate(table, name, location, null, table.get(name)), sweep.pending);
                }
            });
        }

        private void read(Candidate candidate, List<Change> into) {
            try {
                into.add(new Change(candidate, JarIndex.read(jar, candidate.name()), null));
            } catch (IOException e) {
                String words = e instanceof ClassFile.Damaged ? e.getMessage() : "cannot be read (" + e + ")";
                sweep.fault(location + "!/" + candidate.name() + ".class", words + AGAIN);
            }
        }
    }
}
