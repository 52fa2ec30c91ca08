// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Finds the file that had a name before another was renamed over it: whoever had it open, as class loaders have their
 * jars, has it open still. Runs on the background thread that remembers, and on the take-up thread.
 */
final class Deleted {
    private static final Path OPEN = Path.of("/proc/self/fd");

    private Deleted() {}

    /** A name for it that can be opened; null if it is closed, or if there is more than one. */
    static @Nullable Path find(Path path) throws IOException {
        return find(path, null);
    }

    /** The same of that file alone. */
    static @Nullable Path find(Path path, @Nullable Stat known) throws IOException {
        String wanted = path.toAbsolutePath() + " (deleted)";
        Path found = null;
        Stat its = known;
        try (DirectoryStream<Path> open = Files.newDirectoryStream(OPEN)) {
            for (Path each : open) {
                Stat stat = wanted.equals(target(each)) ? Stat.of(each) : null;
                boolean same = stat != null && (its == null || stat.sameFile(its));
                if (stat != null && !same && known == null) {
                    return null;
                }
                if (same) {
                    found = each;
                    its = stat;
                }
            }
        }
        return found;
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            // Closed meanwhile.
            return "";
        }
    }
}
