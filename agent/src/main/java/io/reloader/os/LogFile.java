// SPDX-License-Identifier: Apache-2.0
package io.reloader.os;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The file that this process writes its standard output and error to. {@link #reopen} is called on a thread of its own,
 * after the file was renamed.
 */
public final class LogFile {
    /** The daemon's group may read, others may not. */
    public static final int MODE = 0640;

    private static final int FCNTL_GETFL = 3;
    private static final int FCNTL_SETFL = 4;

    private final Path path;

    public LogFile(Path path) {
        this.path = path;
    }

    public Path path() {
        return path;
    }

    /**
     * Puts a new file of the old name under both descriptors, so that native code and {@link System#out} write to it
     * from the next byte on; what is not finished goes on in the old file. If there cannot be a new one, nothing is
     * changed.
     */
    public void reopen(NativeAccess access) throws NativeUnavailable {
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new NativeUnavailable(path + " is no regular file", null);
        }
        new Surroundings(access).create(path, MODE, null);
        NativeCalls calls = new NativeCalls(access);
        // Should it have become a pipe in between, opening it must not hang.
        int flags = OpenFlags.WRITE | OpenFlags.APPEND | OpenFlags.NOCTTY | OpenFlags.CLOEXEC | OpenFlags.NONBLOCK;
        int descriptor = calls.checkedFor(path.toString(), "open", calls.path(path), flags);
        try {
            int opened = calls.checked("fcntl", descriptor, FCNTL_GETFL);
            calls.checked("fcntl", descriptor, FCNTL_SETFL, opened & ~OpenFlags.NONBLOCK);
            calls.checked("dup2", descriptor, 1);
            calls.checked("dup2", descriptor, 2);
        } finally {
            calls.call("close", descriptor);
        }
    }
}
