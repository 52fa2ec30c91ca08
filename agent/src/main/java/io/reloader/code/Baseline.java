// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides which file stands for a loaded class whose bytes as loaded do not tell: classes that were loaded before the
 * agent, and classes that another agent's transformer changed before ours saw them. A file that nobody touched since
 * the JVM started is the one that was loaded. Runs on a background thread after the start, then on the take-up thread.
 */
final class Baseline {
    /** Asked for late: the agent is put together on the application's start-up path. */
    private @Nullable Instant start;

    /** Indexes the jars of the loaded classes, and adopts the files of those that were loaded unseen. */
    void remember(Map<Location, List<Candidate>> places) {
        try (Archives archives = new Archives()) {
            places.forEach((location, candidates) -> {
                try {
                    if (location.directory()) {
                        for (Candidate candidate : candidates) {
                            adoptFile(candidate);
                        }
                    } else {
                        adoptJar(location, candidates, archives);
                    }
                } catch (IOException e) {
                    // Not a jar, or unreadable: the reload that needs it says so.
                }
            });
        }
    }

    /** Whether a file other than the bytes that were loaded is nonetheless the one they came from. */
    boolean foreign(Candidate candidate, Path file) throws IOException {
        Live live = candidate.live();
        Stat opened = candidate.location().opened();
        Stat now = Stat.of(candidate.location().path());
        // A renamed directory or a switched symbolic link brings files that are older than the JVM.
        return live != null
                && live.version() == null
                && opened != null
                && now != null
                && opened.sameFile(now)
                && untouched(file);
    }

    boolean untouched(Path file) throws IOException {
        if (start == null) {
            start = ProcessStart.instant();
        }
        return Stat.touched(file).isBefore(start);
    }

    /** The jar's index if it is still the one that was opened. */
    static @Nullable JarIndex first(Location location, Archives archives) throws IOException {
        Stat opened = location.opened();
        if (opened == null || !opened.equals(archives.stat(location.path()))) {
            return null;
        }
        JarIndex index = archives.at(location.place()).index(opened);
        location.index(index);
        return index;
    }

    private void adoptFile(Candidate candidate) throws IOException {
        Path file = DirectoryLook.file(candidate);
        Stat stat = file == null || candidate.live() != null ? null : Stat.of(file);
        if (file != null && stat != null && untouched(file)) {
            Live adopted = Live.asLoaded(candidate.location(), Checksum.of(Files.readAllBytes(file)));
            candidate.table().putIfAbsent(candidate.name(), adopted.seen(stat));
        }
    }

    private void adoptJar(Location location, List<Candidate> candidates, Archives archives) throws IOException {
        boolean first = location.index() == null && location.opened() != null;
        Path before = first && !untouched(location.path()) ? Deleted.find(location.path()) : null;
        if (before != null) {
            location.opened(before);
            return;
        }
        JarIndex known = location.index();
        JarIndex index = known == null ? first(location, archives) : known;
        if (index != null && location.compared() == null && untouched(location.path())) {
            adopt(location, candidates, index);
        }
    }

    /** Takes the jar for the one that all these classes were loaded from. */
    static void adopt(Location location, List<Candidate> candidates, JarIndex index) {
        for (Candidate candidate : candidates) {
            Live live = candidate.live();
            Integer crc = index.classes().get(candidate.file());
            if (crc != null && live == null) {
                candidate.table().putIfAbsent(candidate.name(), Live.asLoaded(location, crc));
            } else if (crc != null && live != null && live.version() == null && live.crc() != crc) {
                candidate.table().replace(candidate.name(), live, live.as(crc, null));
            }
        }
        location.compared(index.stat());
    }
}
