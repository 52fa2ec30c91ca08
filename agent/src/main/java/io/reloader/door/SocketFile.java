// SPDX-License-Identifier: Apache-2.0
package io.reloader.door;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The file of one process's socket in a private directory. */
public final class SocketFile {
    private static final Pattern NAME = Pattern.compile("reloader-(\\d+)\\.sock");
    /** Of {@code sun_path}, less what it takes to name the file through {@code /proc/PID/root}. */
    private static final int LONGEST = 108 - 1 - "/proc/4194304/root".length();

    private static final int BACKLOG = 128;

    private SocketFile() {}

    /** {@code pid}: the process's number in its own pid namespace. */
    public static String name(long pid) {
        return "reloader-" + pid + ".sock";
    }

    static Path in(Path folder, long pid) throws Shut {
        Path path = folder.resolve(name(pid));
        if (path.toString().length() > LONGEST) {
            throw new Shut(path + " is too long for a socket, whose path may have " + LONGEST
                    + " characters; name a shorter directory with socket=");
        }
        return path;
    }

    /** Listens there, in place of a process of the same number that is dead. */
    static ServerSocketChannel bind(Path path) throws IOException, Shut {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            if (answers(path)) {
                throw new Shut(path + " belongs to another process of this number, as containers have them that share"
                        + " a directory; name one for each with socket=");
            }
            Files.delete(path);
        }
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(path), BACKLOG);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
            server.configureBlocking(false);
            return server;
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /** Removes the files of processes that are dead. */
    static void sweep(Path folder) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Matcher name = NAME.matcher(file.getFileName().toString());
                if (name.matches() && !Files.exists(Path.of("/proc", name.group(1))) && !answers(file)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            // What is left harms nobody.
            return;
        }
    }

    /** Whether somebody listens: of another pid namespace, too. */
    private static boolean answers(Path path) {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            // Of a full queue the answer is no connection, but no refusal either.
            channel.configureBlocking(false);
            channel.connect(UnixDomainSocketAddress.of(path));
            return true;
        } catch (ConnectException e) {
            return false;
        } catch (IOException | RuntimeException e) {
            return true;
        }
    }
}
