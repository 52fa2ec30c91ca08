// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares loaded classes with their files in a class directory. Runs on the take-up thread. */
final class DirectoryLook {
    private final Baseline baseline;

    DirectoryLook(Baseline baseline) {
        this.baseline = baseline;
    }

    void at(Candidate candidate, Sweep sweep) {
        if (sweep.overlay.containsKey(candidate.name())) {
            return;
        }
        Path file = file(candidate);
        Stat stat = file == null ? null : Stat.of(file);
        Live live = candidate.live();
        if (file == null || stat == null) {
            // Without an earlier look it is a class that was made at run time and never had a file.
            sweep.gone += live != null && live.look() != null ? 1 : 0;
            return;
        }
        if (live != null && stat.equals(live.look())) {
            return;
        }
        compare(candidate, file, stat, sweep, sweep.loaded);
    }

    /** A class that is not loaded, and for which an earlier reload has what its class loader is to get. */
    void ahead(Candidate candidate, Sweep sweep) {
        Path file = file(candidate.location(), candidate.name());
        Stat stat = file == null ? null : Stat.of(file);
        if (file != null && stat != null && !sweep.overlay.containsKey(candidate.name())) {
            compare(candidate, file, stat, sweep, sweep.pending);
        }
    }

    private void compare(Candidate candidate, Path file, Stat stat, Sweep sweep, List<Change> changed) {
        try {
            read(candidate, file, stat, sweep, changed);
        } catch (IOException e) {
            sweep.source(file, stat);
            sweep.fault(file, "cannot be read (" + e + "); make it readable to this process");
        }
    }

    private void read(Candidate candidate, Path file, Stat stat, Sweep sweep, List<Change> changed) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int crc = Checksum.of(bytes);
        Live live = candidate.live();
        if (live != null && live.crc() == crc) {
            candidate.table().replace(candidate.name(), live, live.seen(stat));
        } else if (live != null && baseline.foreign(candidate, file)) {
            candidate.table().replace(candidate.name(), live, live.as(crc, stat));
        } else {
            changed.add(new Change(candidate, bytes, stat));
            sweep.source(file, stat);
        }
    }

    static @Nullable Path file(Candidate candidate) {
        return candidate.file().isEmpty() ? null : file(candidate.location(), candidate.file());
    }

    static @Nullable Path file(Location location, String name) {
        try {
            return location.path().resolve(name + ".class");
        } catch (InvalidPathException e) {
            return null;
        }
    }
}
