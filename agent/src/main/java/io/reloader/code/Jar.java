// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * The classes of a jar, of a jar within it, or of a folder within it, as this JVM's version sees them. Confined to one
 * thread.
 *
 * @param checksum of the jar within; null if there is none
 * @param prefix what every name begins with, empty or a folder
 */
record Jar(Archive archive, @Nullable Integer checksum, String prefix) {
    private static final String SUFFIX = ".class";
    private static final String META = "META-INF/";
    private static final String VERSIONS = META + "versions/";
    private static final int FIRST_VERSIONED = 9;

    static Jar at(Archive outer, String inside) throws IOException {
        if (inside.isEmpty()) {
            return new Jar(outer, null, "");
        }
        Archive.Entry entry = outer.entry(inside);
        return entry == null ? new Jar(outer, null, inside + "/") : new Jar(outer.nested(entry), entry.crc(), "");
    }

    JarIndex index(Stat stat) throws IOException {
        Map<String, Integer> classes = new HashMap<>();
        classes().forEach((name, entry) -> classes.put(name, entry.crc()));
        return new JarIndex(stat, checksum, classes);
    }

    /** The classes as they are found, by internal name: of several releases' the latest that this JVM may have. */
    Map<String, Archive.Entry> classes() throws IOException {
        Map<String, Archive.Entry> classes = new HashMap<>();
        Map<String, Integer> releases = new HashMap<>();
        boolean many = multiRelease();
        archive.entries().forEach((path, entry) -> {
            if (!path.endsWith(SUFFIX)
                    || path.endsWith("module-info.class")
                    || !path.startsWith(prefix)
                    || within(path)) {
                return;
            }
            String name = path.substring(prefix.length(), path.length() - SUFFIX.length());
            int release = 0;
            if (name.startsWith(META)) {
                release = many ? release(name) : -1;
                name = release < 0 ? name : name.substring(name.indexOf('/', VERSIONS.length()) + 1);
            }
            if (release >= releases.getOrDefault(name, 0)) {
                releases.put(name, release);
                classes.put(name, entry);
            }
        });
        return classes;
    }

    /** A folder of an application's in the jar that launches it. */
    private boolean within(String path) {
        return prefix.isEmpty() && (path.startsWith("BOOT-INF/") || path.startsWith("WEB-INF/"));
    }

    private boolean multiRelease() throws IOException {
        Archive.Entry manifest = prefix.isEmpty() ? archive.entry("META-INF/MANIFEST.MF") : null;
        if (manifest == null || archive.entries().keySet().stream().noneMatch(name -> name.startsWith(VERSIONS))) {
            return false;
        }
        Manifest read = new Manifest(new ByteArrayInputStream(archive.read(manifest)));
        return "true".equalsIgnoreCase(read.getMainAttributes().getValue(Attributes.Name.MULTI_RELEASE));
    }

    /** Below 0 if it is none that counts here. */
    private static int release(String name) {
        int end = name.startsWith(VERSIONS) ? name.indexOf('/', VERSIONS.length()) : -1;
        if (end < 0 || name.startsWith(META, end + 1)) {
            return -1;
        }
        try {
            int release = Integer.parseInt(name.substring(VERSIONS.length(), end));
            return release >= FIRST_VERSIONED && release <= Runtime.version().feature() ? release : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
