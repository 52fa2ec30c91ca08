// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The command socket of a process, spoken to as {@code nc -U} does. */
final class Door {
    private final Path path;

    Door(Path folder, JvmProcess process) {
        path = folder.resolve("reloader-" + process.pid() + ".sock");
    }

    Path path() {
        return path;
    }

    List<String> ask(String line) throws IOException {
        try (SocketChannel channel = connect()) {
            send(channel, (line + "\n").getBytes(StandardCharsets.UTF_8));
            return answer(channel);
        }
    }

    SocketChannel connect() throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(path));
        return channel;
    }

    static void send(SocketChannel channel, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    /** Whatever comes until the other end closes. */
    static List<String> answer(SocketChannel channel) throws IOException {
        byte[] all = Channels.newInputStream(channel).readAllBytes();
        return new String(all, StandardCharsets.UTF_8).lines().toList();
    }
}
