// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The class files of one place, read while its classes are loaded: those of a jar as it was when it was first looked
 * into. Any thread.
 */
final class OwnFiles {
    private final Location location;

    /** Null until a jar is first looked into; guarded by this. */
    private @Nullable Jar jar;

    /** As above. */
    private Map<String, Archive.Entry> classes = Map.of();

    OwnFiles(Location location) {
        this.location = location;
    }

    synchronized boolean has(String name) {
        try {
            return location.directory() ? Files.exists(file(name)) : opened() != null && classes.containsKey(name);
        } catch (IOException e) {
            return false;
        }
    }

    /** Null if there is none. */
    synchronized byte @Nullable [] read(String name) throws IOException {
        if (location.directory()) {
            return Files.exists(file(name)) ? Files.readAllBytes(file(name)) : null;
        }
        Jar known = opened();
        Archive.Entry entry = classes.get(name);
        return entry == null ? null : known.archive().read(entry);
    }

    private Jar opened() throws IOException {
        Jar known = jar;
        if (known == null) {
            CodePlace place = location.origin();
            known = Jar.at(Archive.open(place.path()), place.inside());
            classes = known.classes();
            jar = known;
        }
        return known;
    }

    private Path file(String name) {
        return location.path().resolve(name + ".class");
    }
}
