// SPDX-License-Identifier: Apache-2.0
package com.example.orders;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The file that gets a line for each receipt. */
final class ReceiptFile implements AutoCloseable {
    private final FileChannel channel;

    private ReceiptFile(FileChannel channel) {
        this.channel = channel;
    }

    static ReceiptFile open(Path path) throws StartFailure {
        try {
            return new ReceiptFile(FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
        } catch (IOException e) {
            throw new StartFailure("cannot write receipts to " + path, e);
        }
    }

    synchronized void append(String receipt) throws IOException {
        ByteBuffer line = ByteBuffer.wrap((receipt + "\n").getBytes(StandardCharsets.UTF_8));
        while (line.hasRemaining()) {
            channel.write(line);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
