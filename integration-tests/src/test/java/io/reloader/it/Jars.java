// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Deploys new classes inside a jar, by rename: the running JVM keeps the file that it has open. */
final class Jars {
    private Jars() {}

    /** A jar of one file. */
    static byte[] of(String name, byte[] file) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream jar = new ZipOutputStream(out)) {
            jar.putNextEntry(new ZipEntry(name));
            jar.write(file);
        }
        return out.toByteArray();
    }

    /** A jar of all files below a folder, written beside its name and renamed. */
    static void create(Path jar, Path root) {
        create(jar, root, "DEFLATED");
    }

    /** The same, with each file as it is, as Spring Boot's loader wants jars in a jar. */
    static void store(Path jar, Path root) {
        create(jar, root, "STORED");
    }

    private static void create(Path jar, Path root, String method) {
        Path beside = jar.resolveSibling(jar.getFileName() + ".new");
        try {
            try (FileSystem inside =
                    FileSystems.newFileSystem(beside, Map.of("create", "true", "compressionMethod", method))) {
                copy(root, inside.getPath("/"));
            }
            Files.move(beside, jar, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies what is below a folder of the jar, with its path in the jar. */
    static void unpack(Path jar, String folder, Path out) throws IOException {
        try (FileSystem inside = FileSystems.newFileSystem(jar);
                Stream<Path> files = Files.walk(inside.getPath(folder))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = out.resolve(file.toString().substring(1));
                Files.createDirectories(target.getParent());
                Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

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

    /** The same for a jar in the jar, which stays uncompressed there, as Spring Boot's loader wants it. */
    static void replaceWithin(Path jar, String within, Path classes) {
        Path beside = jar.resolveSibling(jar.getFileName() + ".new");
        Path library = jar.resolveSibling("library.new");
        try {
            Files.copy(jar, beside, StandardCopyOption.REPLACE_EXISTING);
            try (FileSystem inside = FileSystems.newFileSystem(beside, Map.of("compressionMethod", "STORED"))) {
                Path entry = inside.getPath(within);
                Files.copy(entry, library, StandardCopyOption.REPLACE_EXISTING);
                put(library, classes);
                Files.copy(library, entry, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.move(beside, jar, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void put(Path jar, Path classes) throws IOException {
        try (FileSystem inside = FileSystems.newFileSystem(jar)) {
            copy(classes, inside.getPath("/"));
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path entry = to.resolve(from.relativize(file).toString());
                Files.createDirectories(entry.getParent());
                Files.copy(file, entry, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
