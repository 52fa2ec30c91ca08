// SPDX-License-Identifier: Apache-2.0
package io.reloader.daemon;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Whether this process listens on a TCP port. Asked of the kernel: a connection would be seen, and perhaps logged, by
 * the application; and another process's socket on that port is not ours.
 */
final class PortWatch {
    // Fields of /proc/net/tcp.
    private static final int LOCAL_ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;
    private static final String LISTEN = "0A";

    private final String suffix;

    PortWatch(int port) {
        suffix = String.format(Locale.ROOT, ":%04X", port);
    }

    boolean found() throws IOException {
        for (String table : List.of("/proc/self/net/tcp", "/proc/self/net/tcp6")) {
            if (!Files.exists(Path.of(table))) {
                continue;
            }
            for (String line : Files.readAllLines(Path.of(table))) {
                String[] fields = line.trim().split("\\s+", -1);
                if (fields.length > INODE
                        && fields[LOCAL_ADDRESS].endsWith(suffix)
                        && fields[STATE].equals(LISTEN)
                        && isOurs("socket:[" + fields[INODE] + "]")) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isOurs(String socket) {
        String[] descriptors = new File("/proc/self/fd").list();
        for (String descriptor : descriptors == null ? new String[0] : descriptors) {
            try {
                if (Files.readSymbolicLink(Path.of("/proc/self/fd", descriptor))
                        .toString()
                        .equals(socket)) {
                    return true;
                }
            } catch (IOException closed) {
                // Since it was listed.
            }
        }
        return false;
    }
}
