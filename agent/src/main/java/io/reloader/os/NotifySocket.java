// SPDX-License-Identifier: Apache-2.0
package io.reloader.os;

import com.kenai.jffi.Function;
import java.nio.charset.StandardCharsets;

/**
 * The socket that a service manager listens on, of sd_notify(3): a datagram to a path, or to a name in the abstract
 * space. Used on the control thread; never blocks.
 */
public final class NotifySocket {
    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int MSG_NOSIGNAL = 0x4000;
    /** {@code sizeof(struct sockaddr_un)}: two bytes of family, 108 of path. */
    private static final int ADDRESS_BYTES = 110;

    private static final int EAGAIN = 11;

    private final NativeCalls calls = new NativeCalls();
    private final Function socket = Libc.function("socket", 3);
    private final Function sendto = Libc.function("sendto", 6);
    private final Function close = Libc.function("close", 1);
    private final long address;
    private final int length;

    private NotifySocket(byte[] name) throws NativeUnavailable {
        address = calls.allocate(ADDRESS_BYTES);
        calls.putShort(address, (short) AF_UNIX);
        calls.putBytes(address + 2, name);
        // A path ends with its zero; of an abstract name every byte counts.
        length = 2 + name.length + (name[0] == 0 ? 0 : 1);
    }

    /**
     * The socket of this name; whether anybody listens is seen when something is sent.
     *
     * @param name the value of {@code NOTIFY_SOCKET}: an absolute path, or {@code @} and an abstract name
     */
    public static NotifySocket at(NativeAccess access, String name) throws NativeUnavailable {
        // Loads jffi.
        access.libc();
        return at(name);
    }

    static NotifySocket at(String name) throws NativeUnavailable {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < 2 || bytes.length > ADDRESS_BYTES - 3 || (bytes[0] != '/' && bytes[0] != '@')) {
            throw new NativeUnavailable(
                    "it is neither an absolute path nor @ and a name, of at most " + (ADDRESS_BYTES - 3) + " bytes",
                    null);
        }
        if (bytes[0] == '@') {
            bytes[0] = 0;
        }
        return new NotifySocket(bytes);
    }

    /**
     * Sends lines such as {@code READY=1} as one datagram; false if the listener is too far behind to take it now. A
     * socket for each: a descriptor kept for years could be closed by others, and be somebody's connection next.
     */
    public boolean send(String lines) throws NativeUnavailable {
        int descriptor = (int) calls.call(socket, AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        if (descriptor < 0) {
            throw calls.failure("socket");
        }
        byte[] message = lines.getBytes(StandardCharsets.UTF_8);
        long buffer = calls.string(message);
        try {
            long sent = calls.call(
                    sendto, descriptor, buffer, message.length, MSG_DONTWAIT | MSG_NOSIGNAL, address, length);
            if (sent < 0 && calls.errno() != EAGAIN) {
                throw calls.failure("sendto");
            }
            return sent >= 0;
        } finally {
            calls.free(buffer);
            calls.call(close, descriptor);
        }
    }
}
