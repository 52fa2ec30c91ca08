// SPDX-License-Identifier: Apache-2.0
package io.reloader.daemon;

import io.reloader.options.Option;
import io.reloader.options.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * When the application counts as ready: once the agent is armed, it listens on a port, a line has been logged, or a file is
 * there. Looks 50 times a second on a thread of its own; whoever waits ends the process if it takes too long.
 */
public final class Readiness {
    private static final long LOOK_EVERY_NANOS = 20_000_000;

    private final Condition condition;

    private interface Condition {
        boolean holds() throws IOException;
    }

    /** To be made before the application does anything: what is there already does not count. */
    public Readiness(Options options) throws IOException {
        String ready = options.text(Option.READY);
        int colon = ready.indexOf(':');
        String kind = colon < 0 ? ready : ready.substring(0, colon);
        String what = ready.substring(colon + 1);
        condition = switch (kind) {
            case "port" -> new PortWatch(Integer.parseInt(what))::found;
            case "log" ->
                new LogWatch(Path.of(options.text(Option.LOG)), Pattern.compile(what, Pattern.MULTILINE))::found;
            case "file" -> file(Path.of(what));
            default -> () -> true;
        };
    }

    private static Condition file(Path path) {
        // A file of the last start may lie there still.
        FileTime before = written(path);
        return () -> {
            FileTime now = written(path);
            return now != null && !now.equals(before);
        };
    }

    private static @Nullable FileTime written(Path path) {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).lastModifiedTime();
        } catch (IOException e) {
            return null;
        }
    }

    /** Returns once it is; fails if what it waits for cannot be looked at. */
    public void await() throws IOException {
        while (!condition.holds()) {
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
    }
}
