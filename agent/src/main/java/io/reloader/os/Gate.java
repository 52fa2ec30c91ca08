// SPDX-License-Identifier: Apache-2.0
package io.reloader.os;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Shuts a listening socket without losing anyone. Closing one resets whoever is in its accept queue, so first it is
 * made deaf to new handshakes, those begun go on; once its queue is empty, another socket, which nobody can reach, is
 * put in its place, and the application goes on as if nobody came. Blocking; used by one thread.
 */
public final class Gate {
    private static final int AF_INET = 2;
    private static final int SOCK_STREAM_CLOEXEC = 0x80001;
    private static final int SOL_SOCKET = 1;
    private static final int SO_ATTACH_FILTER = 26;
    private static final int F_GETFL = 3;
    private static final int F_SETFL = 4;
    private static final int F_DUPFD_CLOEXEC = 1030;
    private static final int O_CLOEXEC = 0x80000;
    private static final int FIRST_BEYOND_STANDARD = 3;

    /** More threads than that do not block in accept on one socket. */
    private static final int CALLERS = 64;

    private static final int PATIENCE_MILLIS = 300;
    private static final long TAKEN_WITHIN = 20_000_000;

    private final NativeCalls calls = new NativeCalls();
    private final Sockets sockets;
    private final Listener listener;
    private boolean deaf;

    public Gate(Sockets sockets, Listener listener) {
        this.sockets = sockets;
        this.listener = listener;
    }

    public Listener listener() {
        return listener;
    }

    /** From here on the beginnings of handshakes are dropped, as if the network had lost them. */
    public void deafen() throws NativeUnavailable {
        attach(listener.descriptor(), Filter.noHandshakes());
        deaf = true;
    }

    /** The connections that wait to be accepted. */
    public int queued() {
        return sockets.queued(listener.descriptor());
    }

    /** Has the port refuse connections. Leaves it as it is if the application has closed it. */
    public void shut() throws NativeUnavailable {
        int descriptor = listener.descriptor();
        if (!listener.equals(sockets.listener(descriptor))) {
            return;
        }
        int blank = blank(calls.checked("fcntl", descriptor, F_GETFL, 0));
        int kept = calls.checked("fcntl", descriptor, F_DUPFD_CLOEXEC, FIRST_BEYOND_STANDARD);
        try {
            List<Polled> polled = Polled.of(descriptor, sockets.descriptors());
            calls.checked("dup3", blank, descriptor, O_CLOEXEC);
            // Otherwise whoever takes the descriptor out of there later is told that it never was.
            for (Polled each : polled) {
                each.restore(calls);
            }
            if (deaf) {
                release(kept);
            }
        } finally {
            calls.call("close", kept);
            calls.call("close", blank);
        }
    }

    /** A listening socket that hears nobody. */
    private int blank(int flags) throws NativeUnavailable {
        int blank = calls.checked("socket", AF_INET, SOCK_STREAM_CLOEXEC, 0);
        // The address of a zeroed sockaddr_in is any; the filter is there before it listens.
        attach(blank, Filter.nothing());
        byte[] loopback = ByteBuffer.allocate(16)
                .order(ByteOrder.nativeOrder())
                .putShort((short) AF_INET)
                .put(4, new byte[] {127, 0, 0, 1})
                .array();
        calls.checked("bind", blank, calls.string(loopback), loopback.length);
        calls.checked("listen", blank, 1);
        calls.checked("fcntl", blank, F_SETFL, flags);
        return blank;
    }

    /**
     * A thread that is blocked in accept holds the socket open. A connection of our own, which ends at once as those of
     * health checks do, sends it on to the blank one. When nobody takes the connection, nobody holds the socket.
     */
    private void release(int kept) throws NativeUnavailable {
        for (int i = 0; i < CALLERS; i++) {
            try (Socket caller = new Socket()) {
                InetAddress target = listener.address().getAddress();
                caller.bind(new InetSocketAddress(target.isAnyLocalAddress() ? loopback() : target, 0));
                attach(kept, Filter.onlyFrom(caller.getLocalPort()));
                caller.connect(new InetSocketAddress(caller.getLocalAddress(), listener.port()), PATIENCE_MILLIS);
                if (!taken(kept)) {
                    return;
                }
            } catch (IOException e) {
                // Not to be reached from here: who is blocked holds it, deaf as it is.
                return;
            }
        }
    }

    private static InetAddress loopback() {
        return InetAddress.getLoopbackAddress();
    }

    private boolean taken(int kept) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < TAKEN_WITHIN) {
            if (sockets.queued(kept) == 0) {
                return true;
            }
            LockSupport.parkNanos(1_000_000);
        }
        return false;
    }

    private void attach(int descriptor, byte[] program) throws NativeUnavailable {
        long filter = calls.allocate(16);
        calls.putShort(filter, (short) (program.length / Filter.INSTRUCTION));
        calls.putLong(filter + 8, calls.string(program));
        calls.checked("setsockopt", descriptor, SOL_SOCKET, SO_ATTACH_FILTER, filter, 16);
    }
}
