// SPDX-License-Identifier: Apache-2.0
package io.reloader.intake;

import io.reloader.os.Gate;
import io.reloader.os.Listener;
import io.reloader.os.NativeUnavailable;
import io.reloader.os.Sockets;
import io.reloader.os.TcpTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The listening sockets of the process, as they are when a stop begins. Used by the intake's thread. */
final class Doors {
    private static final Pattern DEBUGGER = Pattern.compile("jdwp[^\\00]*address=(?:[^,\\00]*:)?(\\d{1,5})");
    private static final long LOOK_EVERY = TimeUnit.MILLISECONDS.toNanos(2);
    /** The kernel repeats a confirmation that was lost after 1 s, and after 2 s more. */
    private static final long HANDSHAKE = TimeUnit.MILLISECONDS.toNanos(3_500);
    /** What has just left the accept queue is handed on to the server's selector. */
    private static final long SETTLED = TimeUnit.MILLISECONDS.toNanos(20);

    private static final long SLOW = TimeUnit.MILLISECONDS.toNanos(100);

    private final List<Gate> gates = new ArrayList<>();
    private final Set<Integer> ports = new TreeSet<>();
    private int hearing;
    private int refused;

    Doors(Sockets sockets) {
        int debugger = debugger();
        for (int descriptor : sockets.descriptors()) {
            Listener listener = sockets.listener(descriptor);
            if (listener != null && listener.port() != debugger) {
                gates.add(new Gate(sockets, listener));
                ports.add(listener.port());
            }
        }
    }

    Set<Integer> ports() {
        return ports;
    }

    /** How many went on hearing until they were shut. */
    int hearing() {
        return hearing;
    }

    /** How many could not be shut. */
    int refused() {
        return refused;
    }

    /** Where the kernel refuses it, those who come between the last look and the end are lost. */
    void deafen() {
        for (Gate each : gates) {
            try {
                each.deafen();
            } catch (NativeUnavailable e) {
                hearing++;
            }
        }
    }

    /**
     * Returns once everybody who had come was accepted. The server's own threads do that.
     *
     * @param slow called now and then if it takes long: a server with as many connections as it may have accepts nobody
     *     until one of them ends
     */
    void awaitAccepted(Runnable slow) {
        long start = System.nanoTime();
        long quiet = start;
        long told = start;
        while (System.nanoTime() - quiet < SETTLED) {
            LockSupport.parkNanos(LOOK_EVERY);
            boolean handshakes = System.nanoTime() - start < HANDSHAKE && handshakes();
            if (handshakes || queued()) {
                quiet = System.nanoTime();
            }
            if (System.nanoTime() - told > SLOW) {
                slow.run();
                told = System.nanoTime();
            }
        }
    }

    void shut() {
        for (Gate each : gates) {
            try {
                each.shut();
            } catch (NativeUnavailable e) {
                refused++;
            }
        }
    }

    /** The port of the JVM's own debugging server, which would complain on the console about a caller that says nothing. */
    private static int debugger() {
        try {
            String command = Files.readString(Path.of("/proc/self/cmdline"), StandardCharsets.ISO_8859_1);
            Matcher address = DEBUGGER.matcher(command);
            return address.find() ? Integer.parseInt(address.group(1)) : -1;
        } catch (IOException e) {
            return -1;
        }
    }

    private boolean queued() {
        for (Gate each : gates) {
            if (each.queued() > 0) {
                return true;
            }
        }
        return false;
    }

    private boolean handshakes() {
        boolean[] found = new boolean[1];
        TcpTable.read(ports, (remote, handshake) -> found[0] |= handshake);
        return found[0];
    }
}
