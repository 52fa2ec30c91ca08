// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compares a jar, or a place within it, with the jar now under its name. The class loader keeps the jar that it opened:
 * after a rename it goes on with the old one, which is why classes that are not loaded yet must be replaced too.
 * Runs on the take-up thread.
 */
final class JarLook {
    private final Baseline baseline;
    private final Archives archives;
    private final Successors successors;
    private final Shadows shadows;

    JarLook(Baseline baseline, Archives archives, Shadows shadows) {
        this.baseline = baseline;
        this.archives = archives;
        this.successors = new Successors(archives);
        this.shadows = shadows;
    }

    void at(Location location, List<Candidate> candidates, Sweep sweep) {
        boolean there = successors.settle(location, candidates, sweep);
        Stat now = there ? archives.stat(location.path()) : null;
        if (now == null) {
            return;
        }
        boolean overlaid = candidates.stream().anyMatch(Candidate::overlaid);
        if (now.equals(location.compared()) && !overlaid) {
            return;
        }
        Stat opened = location.opened();
        if (opened != null
                && !location.moved()
                && now.sameFile(opened)
                && !now.equals(opened)
                && !replacedBefore(location, opened)) {
            sweep.fault(
                    location.path(),
                    "was overwritten in place; its class loader reads on from the file it opened, which is no more;"
                            + " deploy by rename: write the new jar beside it and mv it over");
            return;
        }
        boolean first = opened != null && now.equals(opened) && location.compared() == null;
        if (!first || !first(location, candidates, sweep) || overlaid) {
            compare(location, candidates, now, sweep);
        }
    }

    /** Then a class loader that does not keep its jars open has let the first one go, and its inode is in use again. */
    private static boolean replacedBefore(Location location, Stat opened) {
        Stat compared = location.compared();
        return compared != null && !compared.sameFile(opened);
    }

    /** Whether the first look at a jar already settles it. */
    private boolean first(Location location, List<Candidate> candidates, Sweep sweep) {
        try {
            JarIndex known = location.index();
            JarIndex index = known == null ? Baseline.first(location, archives) : known;
            if (index == null || !baseline.untouched(location.path())) {
                return false;
            }
            Baseline.adopt(location, candidates, index);
        } catch (IOException e) {
            // The class loader can read it and Archive cannot: no jar.
            sweep.unwatched.merge(location.toString(), candidates.size(), Integer::sum);
        }
        return true;
    }

    private void compare(Location location, List<Candidate> candidates, Stat now, Sweep sweep) {
        try {
            JarIndex known = known(location);
            if (known != null
                    && location.compared() != null
                    && candidates.stream().noneMatch(Candidate::overlaid)
                    && same(location, known)) {
                sweep.indexes.put(location, known.in(now));
            } else {
                Jar jar = archives.at(location.place());
                new JarComparison(location, jar.classes(), jar, new JarComparison.Look(sweep, shadows, now))
                        .of(candidates);
            }
        } catch (IOException | RuntimeException e) {
            sweep.fault(location, "is not a readable jar (" + e.getMessage() + ")" + JarComparison.AGAIN);
        }
        sweep.source(location.path(), now);
    }

    private @Nullable JarIndex known(Location location) {
        if (location.index() == null) {
            try {
                JarIndex original = archives.original(location);
                Stat opened = location.opened();
                if (original != null) {
                    location.index(original);
                } else if (opened != null && location.kept() == null) {
                    reopen(location, opened);
                }
            } catch (IOException | RuntimeException e) {
                // It was overwritten; the comparison goes without.
            }
        }
        return location.index();
    }

    /** It was replaced before anyone looked into it. */
    private static void reopen(Location location, Stat opened) throws IOException {
        Path before = Deleted.find(location.origin().path(), opened);
        if (before != null) {
            location.opened(before);
        }
    }

    /** Whether a jar within a jar is the one that it was, by the checksum of all of it. */
    private boolean same(Location location, JarIndex known) throws IOException {
        Archive.Entry within = archives.of(location.path()).entry(location.inside());
        return within != null && known.checksum() != null && known.checksum() == within.crc();
    }
}
