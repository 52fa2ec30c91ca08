// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads an overlay, unless someone other than the process's user and root can write to it. */
final class OverlayFiles {
    private static final String SUFFIX = ".class";
    private static final int ROOT = 0;

    private OverlayFiles() {}

    /** A class of an overlay: its bytes, and the file that they were read from. */
    static final class Found {
        private final byte[] bytes;
        private final Path file;
        private final Stat stat;

        Found(byte[] bytes, Path file, Stat stat) {
            this.bytes = bytes;
            this.file = file;
            this.stat = stat;
        }

        byte[] bytes() {
            return bytes;
        }

        Path file() {
            return file;
        }

        Stat stat() {
            return stat;
        }
    }

    /** By internal name; none if there is no such directory or jar. */
    static Map<String, Found> read(Path overlay) throws IOException {
        Map<String, Found> found = new TreeMap<>();
        if (Files.isDirectory(overlay)) {
            for (Path file : files(overlay)) {
                check(file);
                String name = overlay.relativize(file).toString();
                if (name.endsWith(SUFFIX) && !name.endsWith("module-info.class")) {
                    Stat stat = stat(file);
                    String internal = name.substring(0, name.length() - SUFFIX.length());
                    found.put(internal, new Found(Files.readAllBytes(file), file, stat));
                }
            }
        } else if (Files.exists(overlay)) {
            check(overlay);
            Stat stat = stat(overlay);
            try (Archive archive = Archive.open(overlay)) {
                for (var each : Jar.at(archive, "").classes().entrySet()) {
                    found.put(each.getKey(), new Found(archive.read(each.getValue()), overlay, stat));
                }
            }
        }
        return found;
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.toList();
        }
    }

    private static Stat stat(Path file) throws IOException {
        Stat stat = Stat.of(file);
        if (stat == null) {
            throw new IOException("it went while it was read");
        }
        return stat;
    }

    private static void check(Path file) throws IOException {
        Object owner = Files.getAttribute(file, "unix:uid");
        Object process = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        if (!Objects.equals(owner, process) && !Objects.equals(owner, ROOT)) {
            throw new ClassFile.Damaged(file + " belongs to user " + owner
                    + ", who could run code here; give it to root or to user " + process);
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        if (permissions.contains(PosixFilePermission.GROUP_WRITE)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new ClassFile.Damaged(file + " can be written by others, who could run code here; chmod go-w it");
        }
    }
}
