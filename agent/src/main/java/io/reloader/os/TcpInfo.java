// SPDX-License-Identifier: Apache-2.0
package io.reloader.os;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What the kernel tells of a TCP socket (struct tcp_info of linux/tcp.h). Ages are in milliseconds, to the kernel's
 * tick: what came and what went within the same tick have the same age.
 *
 * @param unacknowledged segments on their way; of a listening socket, the connections that wait to be accepted
 * @param acknowledged age of the last acknowledgement received
 * @param unsent bytes that wait for the other side to read
 */
public record TcpInfo(
        int state,
        int unacknowledged,
        int sent,
        int received,
        int acknowledged,
        int unsent,
        int segmentsIn,
        int segmentsOut) {
    private static final int ESTABLISHED = 1;
    private static final int CLOSE_WAIT = 8;
    private static final int LISTEN = 10;

    static TcpInfo parse(byte[] raw) {
        ByteBuffer in = ByteBuffer.wrap(raw).order(ByteOrder.nativeOrder());
        return new TcpInfo(
                in.get(0),
                in.getInt(24),
                in.getInt(44),
                in.getInt(52),
                in.getInt(56),
                in.getInt(144),
                in.getInt(152),
                in.getInt(156));
    }

    public boolean listens() {
        return state == LISTEN;
    }

    /** Whether our side may still answer. */
    public boolean open() {
        return state == ESTABLISHED || state == CLOSE_WAIT;
    }

    /** Whether an answer is still being taken off our hands. */
    public boolean sending() {
        return unsent > 0 || unacknowledged > 0;
    }
}
