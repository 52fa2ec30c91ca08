// SPDX-License-Identifier: Apache-2.0
package io.reloader.daemon;

import io.reloader.options.Option;
import io.reloader.options.Options;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/**
 * When the daemon counts as ready: once the agent is armed, a port listens, a line has been logged, or a file is there.
 * Looks 50 times a second on a thread of its own; the waiting shell ends the process if it takes too long.
 */
final class Readiness {
    private static final long LOOK_EVERY_NANOS = 20_000_000;
    /** The state LISTEN in /proc/net/tcp. */
    private static final String LISTEN = "0A";

    private final String kind;
    private final String what;
    private final Path log;
    private final long logStart;

    /** To be made before the application writes its first line: older ones do not count. */
    Readiness(Options options) throws IOException {
        String ready = options.text(Option.READY);
        int colon = ready.indexOf(':');
        kind = colon < 0 ? ready : ready.substring(0, colon);
        what = ready.substring(colon + 1);
        log = Path.of(options.text(Option.LOG));
        logStart = kind.equals("log") ? Files.size(log) : 0;
    }

    void await() throws IOException {
        while (!holds()) {
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
    }

    private boolean holds() throws IOException {
        return switch (kind) {
            case "port" -> listens(Integer.parseInt(what));
            case "log" -> logged(Pattern.compile(what));
            case "file" -> Files.exists(Path.of(what));
            default -> true;
        };
    }

    /** Asked of the kernel: a connection would be seen, and perhaps logged, by the application. */
    private static boolean listens(int port) throws IOException {
        String suffix = String.format(Locale.ROOT, ":%04X", port);
        for (String table : List.of("/proc/self/net/tcp", "/proc/self/net/tcp6")) {
            if (!Files.exists(Path.of(table))) {
                continue;
            }
            for (String line : Files.readAllLines(Path.of(table))) {
                String[] fields = line.trim().split("\\s+", -1);
                if (fields.length > 3 && fields[1].endsWith(suffix) && fields[3].equals(LISTEN)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean logged(Pattern pattern) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(log)) {
            channel.position(logStart);
            ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(channel.size() - logStart, 1 << 20));
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {}
            String text = new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
            return pattern.matcher(text).find();
        }
    }
}
