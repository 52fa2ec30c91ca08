// SPDX-License-Identifier: Apache-2.0
package com.example.client;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** As much of HTTP/2's wire format as a client needs that neither compresses nor reads headers. */
final class Http2Frames {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;

    static final int END_STREAM = 1;
    static final int ACK = 1;
    static final int END_HEADERS = 4;

    static final int REFUSED_STREAM = 7;

    private static final int METHOD_GET = 0x82;
    private static final int METHOD_POST = 0x83;
    private static final int SCHEME_HTTP = 0x86;
    /** Literals that are not indexed, by the index of their names. */
    private static final int AUTHORITY = 1;

    private static final int PATH = 4;
    private static final byte[] CONTENT_TYPE = {0x0f, 0x10};

    /** More than all answers of one connection together. */
    private static final byte[] WINDOW = {0x40, 0, 0, 0};

    private Http2Frames() {}

    /** One that has come. */
    record Frame(int type, int flags, int stream, ByteBuffer payload) {
        int number(int at) {
            return payload.getInt(at);
        }
    }

    static Frame read(DataInputStream in) throws IOException {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        int stream = in.readInt() & Integer.MAX_VALUE;
        byte[] payload = new byte[length];
        in.readFully(payload);
        return new Frame(type, flags, stream, ByteBuffer.wrap(payload));
    }

    static byte[] frame(int type, int flags, int stream, byte[] payload) {
        return ByteBuffer.allocate(9 + payload.length)
                .put((byte) (payload.length >> 16))
                .putShort((short) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }

    /** What a client that knows that the server speaks HTTP/2 begins with. */
    static byte[] preface() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(frame(SETTINGS, 0, 0, new byte[0]));
        out.writeBytes(frame(WINDOW_UPDATE, 0, 0, WINDOW));
        return out.toByteArray();
    }

    static byte[] get(int stream, String path) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.write(METHOD_GET);
        target(block, path);
        return frame(HEADERS, END_HEADERS | END_STREAM, stream, block.toByteArray());
    }

    /** A unary call whose message is this text. */
    static byte[] call(int stream, String method, String message) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.write(METHOD_POST);
        target(block, method);
        block.writeBytes(CONTENT_TYPE);
        text(block, "application/grpc");
        block.write(0);
        text(block, "te");
        text(block, "trailers");
        byte[] content = message.getBytes(StandardCharsets.UTF_8);
        ByteBuffer prefixed = ByteBuffer.allocate(5 + content.length)
                .put((byte) 0)
                .putInt(content.length)
                .put(content);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(frame(HEADERS, END_HEADERS, stream, block.toByteArray()));
        out.writeBytes(frame(DATA, END_STREAM, stream, prefixed.array()));
        return out.toByteArray();
    }

    private static void target(ByteArrayOutputStream block, String path) {
        block.write(SCHEME_HTTP);
        block.write(PATH);
        text(block, path);
        block.write(AUTHORITY);
        text(block, "localhost");
    }

    /** Shorter than 127 bytes. */
    private static void text(ByteArrayOutputStream block, String text) {
        block.write(text.length());
        block.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }
}
