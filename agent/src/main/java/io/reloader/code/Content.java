// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a file, or of memory. A file is read, never mapped: a mapped one that is cut short under its reader
 * would bring the JVM down.
 */
interface Content extends Closeable {
    long size() throws IOException;

    /** Fails if there is less. */
    ByteBuffer at(long from, int length) throws IOException;

    /** A part of this, to be closed with it. */
    default Content slice(long from, long length) {
        Content whole = this;
        return new Content() {
            @Override
            public long size() {
                return length;
            }

            @Override
            public ByteBuffer at(long at, int count) throws IOException {
                check(at, count, length);
                return whole.at(from + at, count);
            }

            @Override
            public void close() {}
        };
    }

    /** Null if it cannot be opened. */
    static @Nullable Content ifThere(Path path) {
        try {
            return of(path);
        } catch (IOException e) {
            return null;
        }
    }

    static Content of(Path path) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        return new Content() {
            @Override
            public long size() throws IOException {
                return channel.size();
            }

            @Override
            public ByteBuffer at(long from, int length) throws IOException {
                check(from, length, channel.size());
                ByteBuffer buffer = ByteBuffer.allocate(length);
                while (buffer.hasRemaining()) {
                    if (channel.read(buffer, from + buffer.position()) < 0) {
                        throw new ClassFile.Damaged("has been cut short");
                    }
                }
                return buffer.flip();
            }

            @Override
            public void close() throws IOException {
                channel.close();
            }
        };
    }

    static Content of(ByteBuffer bytes) {
        return new Content() {
            @Override
            public long size() {
                return bytes.limit();
            }

            @Override
            public ByteBuffer at(long from, int length) throws IOException {
                check(from, length, bytes.limit());
                return bytes.slice((int) from, length);
            }

            @Override
            public void close() {}
        };
    }

    private static void check(long from, int length, long size) throws IOException {
        if (from < 0 || length < 0 || from > size - length) {
            throw new ClassFile.Damaged("ends too early");
        }
    }
}
