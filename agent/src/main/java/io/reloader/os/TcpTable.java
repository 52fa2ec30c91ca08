// SPDX-License-Identifier: Apache-2.0
package io.reloader.os;

import java.io.BufferedReader;
import java.io.FileReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** The kernel's table of all TCP sockets of this network, those that no process has accepted yet among them. */
public final class TcpTable {
    private static final String SYN_RECEIVED = "03";
    private static final String LISTEN = "0A";

    private TcpTable() {}

    /** Told of each connection to one of these local ports. */
    public interface Rows {
        /**
         * One connection.
         *
         * @param remote address and port of the other side, as the kernel writes it
         * @param handshake whether the other side has not confirmed it yet
         */
        void row(String remote, boolean handshake);
    }

    /** Shows each connection to one of these local ports. */
    public static void read(Set<Integer> ports, Rows rows) {
        read("/proc/self/net/tcp", ports, rows);
        read("/proc/self/net/tcp6", ports, rows);
    }

    private static void read(String file, Set<Integer> ports, Rows rows) {
        try (BufferedReader in = new BufferedReader(new FileReader(file, StandardCharsets.ISO_8859_1))) {
            in.readLine();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                parse(line, ports, rows);
            }
        } catch (IOException e) {
            // No IPv6, or no such file: nobody is seen.
            return;
        }
    }

    /** Such as {@code   0: 0100007F:1F90 0100007F:D431 01 00000000:00000000 ...} */
    static void parse(String line, Set<Integer> ports, Rows rows) {
        int local = line.indexOf(": ") + 2;
        int afterLocal = line.indexOf(' ', local);
        int afterRemote = line.indexOf(' ', afterLocal + 1);
        if (local < 2 || afterLocal < local + 5 || afterRemote < 0 || line.length() < afterRemote + 3) {
            return;
        }
        int port = port(line, afterLocal - 4, afterLocal);
        String state = line.substring(afterRemote + 1, afterRemote + 3);
        if (ports.contains(port) && !state.equals(LISTEN)) {
            rows.row(line.substring(afterLocal + 1, afterRemote), state.equals(SYN_RECEIVED));
        }
    }

    /** -1 if there is none. */
    private static int port(String line, int from, int to) {
        int port = 0;
        for (int i = from; i < to; i++) {
            int digit = Character.digit(line.charAt(i), 16);
            if (digit < 0) {
                return -1;
            }
            port = port << 4 | digit;
        }
        return port;
    }
}
