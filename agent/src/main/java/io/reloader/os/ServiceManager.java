// SPDX-License-Identifier: Apache-2.0
package io.reloader.os;

import java.nio.charset.StandardCharsets;

/**
 * The service manager that started us, by the protocol of sd_notify(3): datagrams to the socket named by
 * {@code $NOTIFY_SOCKET}, by path or in the abstract name space. Called on the control thread; never blocks (MSG_DONTWAIT:
 * a manager that does not read loses a status line, not the application its time).
 */
public final class ServiceManager {
    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int MSG_DONTWAIT = 0x40;
    /** {@code sizeof(struct sockaddr_un)}: two bytes of family, 108 of path. */
    private static final int ADDRESS_BYTES = 110;

    private final NativeCalls calls = new NativeCalls();
    private final long address;
    private final int length;

    private ServiceManager(byte[] name) {
        address = calls.allocate(ADDRESS_BYTES);
        calls.putShort(address, (short) AF_UNIX);
        calls.put(address + 2, name);
        length = 2 + name.length + (name[0] == 0 ? 0 : 1);
    }

    /**
     * The manager behind an address.
     *
     * @param socket the value of {@code NOTIFY_SOCKET}: an absolute path, or a name after {@code @}
     */
    public static ServiceManager at(NativeAccess access, String socket) throws NativeUnavailable {
        access.libc();
        byte[] name = socket.getBytes(StandardCharsets.UTF_8);
        if (name.length < 2 || name.length > ADDRESS_BYTES - 3 || (name[0] != '/' && name[0] != '@')) {
            throw new NativeUnavailable("NOTIFY_SOCKET=" + socket + " is neither a path nor an abstract name", null);
        }
        if (name[0] == '@') {
            name[0] = 0;
        }
        return new ServiceManager(name);
    }

    /** Sends lines such as {@code READY=1}; false if the manager did not take them. */
    public boolean tell(String lines) {
        byte[] message = lines.getBytes(StandardCharsets.UTF_8);
        long buffer = calls.string(message);
        try {
            int socket = calls.checked("socket", AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
            long sent =
                    calls.call("sendto", socket, buffer, message.length, MSG_NOSIGNAL | MSG_DONTWAIT, address, length);
            calls.call("close", socket);
            return sent == message.length;
        } catch (NativeUnavailable e) {
            return false;
        } finally {
            calls.free(buffer);
        }
    }
}
