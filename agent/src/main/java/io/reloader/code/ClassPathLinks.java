// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.io.File;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The class path entries that lead through symbolic links. The JDK follows the links of its class path once, when it
 * starts: what a link leads to later is never read. Noted on the start-up thread, compared on the take-up thread.
 */
final class ClassPathLinks {
    private final String classPath;

    /** Where each led at the start. Written once, before the first comparison. */
    private volatile Map<Path, Path> before = Map.of();

    ClassPathLinks(String classPath) {
        this.classPath = classPath;
    }

    void remember() {
        Map<Path, Path> links = new LinkedHashMap<>();
        for (String entry : classPath.split(File.pathSeparator, -1)) {
            Path path = path(entry);
            Path end = path == null ? null : end(path);
            if (path != null && end != null && !end.equals(path)) {
                links.put(path, end);
            }
        }
        before = links;
    }

    /** A reload that does not see what was deployed must not look like one that found nothing to do. */
    void compare(Sweep sweep) {
        before.forEach((path, then) -> {
            Path now = end(path);
            if (now != null && !now.equals(then)) {
                sweep.fault(
                        path,
                        "now leads to " + now + ", but this JVM follows a link of its class path once and stays with "
                                + then + "; deploy into that, or restart");
            }
        });
    }

    private static @Nullable Path path(String entry) {
        try {
            return Path.of(entry).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private static @Nullable Path end(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return null;
        }
    }
}
