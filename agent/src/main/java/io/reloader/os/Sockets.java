// SPDX-License-Identifier: Apache-2.0
package io.reloader.os;

import com.kenai.jffi.Function;
import com.kenai.jffi.Invoker;
import com.kenai.jffi.MemoryIO;
import java.io.File;
import org.jspecify.annotations.Nullable;

/**
 * The TCP sockets of this process, asked one descriptor at a time: exactly ours, whoever else shares the port, and a
 * descriptor that is closed meanwhile answers nothing. Used by one thread.
 */
public final class Sockets {
    private static final int SOL_SOCKET = 1;
    private static final int SO_ACCEPTCONN = 30;
    private static final int IPPROTO_TCP = 6;
    private static final int TCP_INFO = 11;
    private static final int FIONREAD = 0x541B;
    private static final int SHUT_WR = 1;

    private static final int INFO_BYTES = 232;
    private static final int ADDRESS_BYTES = 28;

    private final Invoker invoker = Invoker.getInstance();
    private final MemoryIO memory = MemoryIO.getCheckedInstance();
    private final Function getsockopt = Libc.function("getsockopt", 5);
    private final Function getsockname = Libc.function("getsockname", 3);
    private final Function getpeername = Libc.function("getpeername", 3);
    private final Function ioctl = Libc.function("ioctl", 3);
    private final Function shutdown = Libc.function("shutdown", 2);
    private final long buffer = memory.allocateMemory(INFO_BYTES + 8, true);
    private final long length = buffer + INFO_BYTES;

    private Sockets() throws NativeUnavailable {}

    public static Sockets open(NativeAccess access) throws NativeUnavailable {
        access.libc();
        return bind();
    }

    static Sockets bind() throws NativeUnavailable {
        return new Sockets();
    }

    /** Every descriptor that is open at the moment. */
    public int[] descriptors() {
        String[] names = new File("/proc/self/fd").list();
        if (names == null) {
            return new int[0];
        }
        int[] all = new int[names.length];
        for (int i = 0; i < names.length; i++) {
            all[i] = Integer.parseInt(names[i]);
        }
        return all;
    }

    /** Null unless it listens for TCP connections. */
    public @Nullable Listener listener(int descriptor) {
        if (!option(descriptor, SOL_SOCKET, SO_ACCEPTCONN, Integer.BYTES) || memory.getInt(buffer) == 0) {
            return null;
        }
        byte[] address = address(getsockname, descriptor);
        return address == null ? null : Listener.at(descriptor, address);
    }

    /** How many connections wait to be accepted; 0 of one that listens no more. */
    public int queued(int descriptor) {
        TcpInfo info = info(descriptor);
        return info != null && info.listens() ? info.unacknowledged() : 0;
    }

    /** Null unless it is a TCP socket. */
    public @Nullable TcpInfo info(int descriptor) {
        memory.setMemory(buffer, INFO_BYTES, (byte) 0);
        if (!option(descriptor, IPPROTO_TCP, TCP_INFO, INFO_BYTES)) {
            return null;
        }
        byte[] raw = new byte[INFO_BYTES];
        memory.getByteArray(buffer, raw, 0, raw.length);
        return TcpInfo.parse(raw);
    }

    /** The local port; -1 if it has none. */
    public int port(int descriptor) {
        return port(getsockname, descriptor);
    }

    /** The port of the other side; -1 if there is none. */
    public int peerPort(int descriptor) {
        return port(getpeername, descriptor);
    }

    /** The bytes that have come and were not read yet. */
    public int unread(int descriptor) {
        memory.putInt(buffer, 0);
        return invoker.invokeLLLrL(ioctl, descriptor, FIONREAD, buffer) == 0 ? memory.getInt(buffer) : 0;
    }

    /** Tells the other side that no more will come. What it sends still is received. */
    public void endAnswers(int descriptor) {
        invoker.invokeLLrL(shutdown, descriptor, SHUT_WR);
    }

    private int port(Function side, int descriptor) {
        byte[] address = address(side, descriptor);
        return address == null ? -1 : Listener.port(address);
    }

    private byte @Nullable [] address(Function side, int descriptor) {
        memory.putInt(length, ADDRESS_BYTES);
        if ((int) invoker.invokeLLLrL(side, descriptor, buffer, length) != 0) {
            return null;
        }
        byte[] address = new byte[ADDRESS_BYTES];
        memory.getByteArray(buffer, address, 0, address.length);
        return Listener.ofInternet(address) ? address : null;
    }

    private boolean option(int descriptor, int level, int name, int bytes) {
        memory.putInt(length, bytes);
        return (int) invoker.invokeLLLLLrL(getsockopt, descriptor, level, name, buffer, length) == 0;
    }
}
