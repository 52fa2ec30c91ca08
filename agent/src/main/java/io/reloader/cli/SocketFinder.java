// SPDX-License-Identifier: Apache-2.0
package io.reloader.cli;

import io.reloader.door.Folder;
import io.reloader.door.SocketFile;
import io.reloader.os.Credentials;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the command socket of a process. The kernel tells which sockets a process has and what they are called, whatever
 * directory it was told to use; and through its root directory they are reached from outside of its container, too.
 */
final class SocketFinder {
    /** Of a line of /proc/net/unix, counted from 0. */
    private static final int INODE = 6;

    private static final int PATH = 7;

    private SocketFinder() {}

    static Path find(long pid) throws Unfit {
        Path proc = Path.of("/proc/" + pid);
        try {
            Credentials who = Credentials.of(pid);
            String name = SocketFile.name(who.innerPid());
            Path path = bound(proc, name);
            path = path != null ? path : usual(who.uid(), name);
            if (path == null) {
                throw none(pid, who.uid());
            }
            Path inside = Path.of(proc + "/root" + path);
            return Files.exists(inside) ? inside : path;
        } catch (IOException e) {
            throw Files.isDirectory(proc)
                    ? new Unfit(ExitCode.FAILED, "process " + pid + " cannot be looked at: " + e.getMessage())
                    : new Unfit(ExitCode.NOT_RUNNING, "there is no process " + pid);
        }
    }

    private static Unfit none(long pid, int uid) throws IOException {
        int own = Credentials.own().uid();
        if (own != 0 && own != uid) {
            return new Unfit(
                    ExitCode.FAILED,
                    "process " + pid + " belongs to user " + Integer.toUnsignedString(uid)
                            + "; run this as that user or as root");
        }
        return new Unfit(
                ExitCode.NOT_RUNNING,
                "process " + pid + " has no command socket: no reloader is in it, or it runs with socket=none; attach"
                        + " one, or send signals");
    }

    /** By the sockets that the process has open; null where we may not look, or there is none. */
    private static @Nullable Path bound(Path proc, String name) throws IOException {
        Set<String> inodes;
        try {
            inodes = sockets(proc.resolve("fd"));
        } catch (AccessDeniedException e) {
            return null;
        }
        try (Stream<String> lines = Files.lines(proc.resolve("net/unix"), StandardCharsets.UTF_8)) {
            return lines.map(line -> line.trim().split("\\s+", PATH + 1))
                    .filter(fields -> fields.length > PATH && fields[PATH].endsWith("/" + name))
                    .filter(fields -> inodes.contains("socket:[" + fields[INODE] + "]"))
                    .map(fields -> Path.of(fields[PATH]))
                    .findFirst()
                    .orElse(null);
        }
    }

    private static Set<String> sockets(Path descriptors) throws IOException {
        Set<String> inodes = new HashSet<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(descriptors)) {
            for (Path each : all) {
                String target = target(each);
                if (target.startsWith("socket:")) {
                    inodes.add(target);
                }
            }
        }
        return inodes;
    }

    /** Empty if it was closed meanwhile. */
    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return "";
        }
    }

    private static @Nullable Path usual(int uid, String name) {
        List<Path> folders = Folder.usual(System.getenv(), uid);
        return folders.stream()
                .map(folder -> folder.resolve(name))
                .filter(Files::exists)
                .findFirst()
                .orElse(null);
    }
}
