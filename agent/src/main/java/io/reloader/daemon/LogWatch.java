// SPDX-License-Identifier: Apache-2.0
package io.reloader.daemon;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Looks for a line in what is appended to a file. Confined to the thread that waits. */
final class LogWatch {
    /** A longer line is looked at in pieces of this size. */
    private static final int LONGEST_LINE = 1 << 16;

    private final Path file;
    private final Pattern pattern;
    private final ByteBuffer line = ByteBuffer.allocate(LONGEST_LINE);
    private long position;

    /** What is in the file already does not count. */
    LogWatch(Path file, Pattern pattern) throws IOException {
        this.file = file;
        this.pattern = pattern;
        this.position = Files.exists(file) ? Files.size(file) : 0;
    }

    /** Whether a line, or the beginning of one that is still being written, matches. */
    boolean found() throws IOException {
        // A service manager does not make one; the application may, later.
        if (!Files.exists(file)) {
            return false;
        }
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            channel.position(position);
            while (channel.read(line) > 0) {
                position = channel.position();
                if (pattern.matcher(text()).find()) {
                    return true;
                }
                forgetWholeLines();
            }
            return false;
        }
    }

    private String text() {
        return new String(line.array(), 0, line.position(), StandardCharsets.UTF_8);
    }

    private void forgetWholeLines() {
        int end = line.position();
        while (end > 0 && line.get(end - 1) != '\n') {
            end--;
        }
        if (end == 0 && !line.hasRemaining()) {
            end = line.position();
        }
        line.flip().position(end);
        line.compact();
    }
}
