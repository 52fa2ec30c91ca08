// SPDX-License-Identifier: Apache-2.0
package io.reloader.door;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One connection: its line, then its answer. Socket's thread only; never waits. */
final class Client {
    static final int LONGEST_LINE = 4096;

    private final SocketChannel channel;
    private final SelectionKey key;
    private final Reply reply;
    private final Limits limits;
    private final ByteBuffer line = ByteBuffer.allocate(LONGEST_LINE);
    private @Nullable ByteBuffer out;
    private boolean asked;
    private boolean silent;
    /** When it connected, had sent its line, or last took a byte that was waiting for it. */
    private long since;

    private long askedAt;

    Client(SocketChannel channel, SelectionKey key, Reply reply, Limits limits, long now) {
        this.channel = channel;
        this.key = key;
        this.reply = reply;
        this.limits = limits;
        this.since = now;
    }

    Reply reply() {
        return reply;
    }

    /** Whether it says nothing more: it listens only, or has gone, which cannot be told apart. */
    boolean silent() {
        return silent;
    }

    /** Its line, once that has come; null before and after. */
    @Nullable
    String read(long now) throws IOException {
        int count = channel.read(line);
        if (asked) {
            // Whatever else it says; and at its end it may still listen.
            line.clear();
            if (count < 0) {
                silent = true;
                key.interestOps(key.interestOps() & ~SelectionKey.OP_READ);
            }
            return null;
        }
        for (int i = 0; i < line.position(); i++) {
            if (line.get(i) == '\n') {
                return taken(i, now);
            }
        }
        if (count < 0) {
            if (line.position() == 0) {
                throw new IOException("gone");
            }
            silent = true;
            key.interestOps(0);
            return taken(line.position(), now);
        }
        if (!line.hasRemaining()) {
            asked = true;
            reply.end(Reply.USAGE, "a line has at most " + LONGEST_LINE + " bytes");
        }
        return null;
    }

    private String taken(int length, long now) {
        asked = true;
        since = now;
        askedAt = now;
        String text = new String(line.array(), 0, length, StandardCharsets.UTF_8);
        line.clear();
        return text;
    }

    /** Sends what it takes; true once it has had everything. */
    boolean write(long now) throws IOException {
        while (true) {
            ByteBuffer current = out;
            if (current == null || !current.hasRemaining()) {
                byte[] next = reply.next();
                if (next == null) {
                    out = null;
                    key.interestOps(key.interestOps() & ~SelectionKey.OP_WRITE);
                    return reply.ended() && reply.isEmpty();
                }
                current = ByteBuffer.wrap(next);
                out = current;
            }
            if (channel.write(current) > 0) {
                since = now;
            } else {
                key.interestOps(key.interestOps() | SelectionKey.OP_WRITE);
                return false;
            }
        }
    }

    /** Whether there is something for it that it has not taken. */
    boolean owes() {
        return out != null || !reply.isEmpty();
    }

    /** Whether it is to be given up; an answer that takes too long is ended instead. */
    boolean late(long now) {
        if (!asked) {
            if (now - since > limits.line()) {
                asked = true;
                since = now;
                reply.end(Reply.USAGE, "no line came within " + TimeUnit.NANOSECONDS.toSeconds(limits.line()) + " s");
            }
            return false;
        }
        if (out != null) {
            return now - since > limits.stall();
        }
        if (!reply.ended() && now - askedAt > reply.limit()) {
            reply.end(
                    "failed",
                    "there was no answer within " + TimeUnit.NANOSECONDS.toSeconds(reply.limit())
                            + " s; the process may be overloaded; ask again");
        }
        return false;
    }

    void close() {
        reply.leave();
        key.cancel();
        try {
            channel.close();
        } catch (IOException e) {
            // Closed it is.
            return;
        }
    }
}
