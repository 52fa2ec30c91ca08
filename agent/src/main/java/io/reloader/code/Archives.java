// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The jar files of one look, each opened once, whatever is in it: all that lies within a jar is compared with one and
 * the same file. Confined to one thread.
 */
final class Archives implements Closeable {
    private final Map<Path, Stat> stats = new HashMap<>();
    private final Map<Path, Archive> open = new HashMap<>();
    private final Map<Content, Archive> kept = new HashMap<>();

    /** The file as it was when this was first asked for; null if there is none. */
    @Nullable
    Stat stat(Path path) {
        return stats.computeIfAbsent(path, Stat::of);
    }

    /** To be used until this is closed. */
    Archive of(Path path) throws IOException {
        Archive known = open.get(path);
        if (known == null) {
            known = Archive.open(path);
            open.put(path, known);
        }
        return known;
    }

    Jar at(CodePlace place) throws IOException {
        return Jar.at(of(place.path()), place.inside());
    }

    /** What the place had in the file that the class loader opened; null if that is not open any more. */
    @Nullable
    JarIndex original(Location location) throws IOException {
        Content content = location.kept();
        Stat opened = location.opened();
        if (content == null || opened == null) {
            return null;
        }
        Archive known = kept.get(content);
        if (known == null) {
            known = new Archive(content);
            kept.put(content, known);
        }
        return Jar.at(known, location.origin().inside()).index(opened);
    }

    @Override
    public void close() {
        for (Archive each : open.values()) {
            try {
                each.close();
            } catch (IOException e) {
                // It was read from only.
            }
        }
    }
}
