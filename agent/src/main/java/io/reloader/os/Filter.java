// SPDX-License-Identifier: Apache-2.0
package io.reloader.os;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Programs of classic BPF for a TCP socket, which sees each packet from its TCP header on. Accepted sockets inherit it. */
final class Filter {
    /** struct sock_filter */
    static final int INSTRUCTION = 8;

    private static final int LOAD_HALF = 0x28;
    private static final int LOAD_BYTE = 0x30;
    private static final int AND = 0x54;
    private static final int JUMP_EQUAL = 0x15;
    private static final int RETURN = 0x06;

    private static final int SOURCE_PORT = 0;
    private static final int FLAGS = 13;
    private static final int SYN = 0x02;
    private static final int SYN_OR_ACK = 0x12;
    private static final int DROP = 0;
    private static final int PASS = 0x40000;

    private final ByteBuffer code = ByteBuffer.allocate(8 * INSTRUCTION).order(ByteOrder.nativeOrder());

    private Filter() {}

    static byte[] nothing() {
        return new Filter().add(RETURN, 0, 0, DROP).bytes();
    }

    /** Passes all but the first segment of a handshake, SYN without ACK. */
    static byte[] noHandshakes() {
        return new Filter().dropHandshakes().bytes();
    }

    /** The same, but for those from this port. */
    static byte[] onlyFrom(int port) {
        return new Filter()
                .add(LOAD_HALF, 0, 0, SOURCE_PORT)
                .add(JUMP_EQUAL, 0, 1, port)
                .add(RETURN, 0, 0, PASS)
                .dropHandshakes()
                .bytes();
    }

    private Filter dropHandshakes() {
        return add(LOAD_BYTE, 0, 0, FLAGS)
                .add(AND, 0, 0, SYN_OR_ACK)
                .add(JUMP_EQUAL, 0, 1, SYN)
                .add(RETURN, 0, 0, DROP)
                .add(RETURN, 0, 0, PASS);
    }

    private Filter add(int operation, int ifTrue, int ifFalse, int operand) {
        code.putShort((short) operation).put((byte) ifTrue).put((byte) ifFalse).putInt(operand);
        return this;
    }

    private byte[] bytes() {
        byte[] bytes = new byte[code.position()];
        code.flip().get(bytes);
        return bytes;
    }
}
