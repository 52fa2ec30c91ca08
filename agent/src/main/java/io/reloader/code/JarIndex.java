// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipFile;

/**
 * The classes in a jar, as this JVM's version sees them, with their checksums out of the central directory.
 *
 * @param classes by internal name
 */
record JarIndex(Stat stat, Map<String, Integer> classes) {
    private static final String SUFFIX = ".class";

    static JarFile open(Path path) throws IOException {
        return new JarFile(new File(path.toString()), false, ZipFile.OPEN_READ, Runtime.version());
    }

    static JarIndex of(JarFile jar, Stat stat) {
        Map<String, Integer> classes = new HashMap<>();
        jar.versionedStream().filter(entry -> isClass(entry.getName())).forEach(entry -> {
            String name = entry.getName();
            classes.put(name.substring(0, name.length() - SUFFIX.length()), (int) entry.getCrc());
        });
        return new JarIndex(stat, classes);
    }

    private static boolean isClass(String entry) {
        return entry.endsWith(SUFFIX) && !entry.startsWith("META-INF/") && !entry.endsWith("module-info.class");
    }

    /** The bytes of a class that the index has. */
    static byte[] read(JarFile jar, String name) throws IOException {
        JarEntry entry = jar.getJarEntry(name + SUFFIX);
        if (entry == null) {
            throw new ClassFile.Damaged("is in the jar's index only");
        }
        try (var in = jar.getInputStream(entry)) {
            // One byte more than the entry says: a wrong size must not inflate without end.
            byte[] bytes = in.readNBytes((int) Math.min(entry.getSize() + 1, Integer.MAX_VALUE - 8));
            if (Checksum.of(bytes) != (int) entry.getCrc()) {
                throw new ClassFile.Damaged("is damaged: its checksum is not the one in the jar's index");
            }
            return bytes;
        }
    }
}
