// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/** Deploys new classes inside a jar, by rename: the running JVM keeps the file that it has open. */
final class Jars {
    private Jars() {}

    /** Puts the class files below {@code classes} into a copy of the jar and renames the copy over it. */
    static void replace(Path jar, Path classes) {
        Path beside = jar.resolveSibling(jar.getFileName() + ".new");
        try {
            Files.copy(jar, beside, StandardCopyOption.REPLACE_EXISTING);
            put(beside, classes);
            Files.move(beside, jar, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void put(Path jar, Path classes) throws IOException {
        try (FileSystem inside = FileSystems.newFileSystem(jar);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path entry = inside.getPath("/" + classes.relativize(file));
                Files.createDirectories(entry.getParent());
                Files.copy(file, entry, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
