// SPDX-License-Identifier: Apache-2.0
package io.reloader.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One line to a process's agent, and its answer line by line, until a deadline. */
final class Conversation implements AutoCloseable {
    private static final long AGAIN_NANOS = 20_000_000;

    private final SocketChannel channel;
    private final Selector selector;
    private final long end;
    private final ByteBuffer in = ByteBuffer.allocate(8192).limit(0);
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    /** The deadline has passed. */
    static final class Late extends Exception {
        private static final long serialVersionUID = 1L;
    }

    private Conversation(SocketChannel channel, Selector selector, long end) {
        this.channel = channel;
        this.selector = selector;
        this.end = end;
    }

    static Conversation begin(Path socket, String request, long nanos) throws IOException, Late {
        long end = System.nanoTime() + nanos;
        SocketChannel channel = connect(UnixDomainSocketAddress.of(socket), end);
        try {
            Selector selector = Selector.open();
            channel.register(selector, SelectionKey.OP_READ);
            send(channel, request);
            return new Conversation(channel, selector, end);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Who is not served is told so, maybe before it has asked: the answer is there to read all the same. */
    private static void send(SocketChannel channel, String request) {
        try {
            // Far less than the socket holds.
            int unused = channel.write(ByteBuffer.wrap((request + "\n").getBytes(StandardCharsets.UTF_8)));
        } catch (IOException closed) {
            return;
        }
    }

    /** While the process is stopped, its queue of connections may be full. */
    private static SocketChannel connect(UnixDomainSocketAddress address, long end) throws IOException, Late {
        while (true) {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                channel.configureBlocking(false);
                if (channel.connect(address)) {
                    return channel;
                }
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
            channel.close();
            if (System.nanoTime() - end > 0) {
                throw new Late();
            }
            LockSupport.parkNanos(AGAIN_NANOS);
        }
    }

    /** The next line; null at the end. */
    @Nullable
    String next() throws IOException, Late {
        while (true) {
            while (in.hasRemaining()) {
                byte b = in.get();
                if (b == '\n') {
                    return taken();
                }
                line.write(b);
            }
            if (!fill()) {
                return line.size() == 0 ? null : taken();
            }
        }
    }

    private String taken() {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        return text;
    }

    /** False at the end. */
    private boolean fill() throws IOException, Late {
        in.clear();
        int count = channel.read(in);
        in.flip();
        if (count == 0) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                throw new Late();
            }
            selector.select(1 + left / 1_000_000);
            selector.selectedKeys().clear();
        }
        return count >= 0;
    }

    @Override
    public void close() throws IOException {
        selector.close();
        channel.close();
    }
}
