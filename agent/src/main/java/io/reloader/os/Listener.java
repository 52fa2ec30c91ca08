// SPDX-License-Identifier: Apache-2.0
package io.reloader.os;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A listening TCP socket of this process. */
public record Listener(int descriptor, InetSocketAddress address) {
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;

    /** As getsockname(2) fills a struct sockaddr_in or sockaddr_in6. */
    static Listener at(int descriptor, byte[] socketAddress) {
        boolean four = family(socketAddress) == AF_INET;
        byte[] host = four ? Arrays.copyOfRange(socketAddress, 4, 8) : Arrays.copyOfRange(socketAddress, 8, 24);
        try {
            return new Listener(descriptor, new InetSocketAddress(InetAddress.getByAddress(host), port(socketAddress)));
        } catch (UnknownHostException e) {
            throw new AssertionError("4 or 16 bytes", e);
        }
    }

    static boolean ofInternet(byte[] socketAddress) {
        int family = family(socketAddress);
        return family == AF_INET || family == AF_INET6;
    }

    static int port(byte[] socketAddress) {
        return (socketAddress[2] & 0xff) << 8 | (socketAddress[3] & 0xff);
    }

    private static int family(byte[] socketAddress) {
        return ByteBuffer.wrap(socketAddress).order(ByteOrder.nativeOrder()).getShort(0);
    }

    public int port() {
        return address.getPort();
    }
}
