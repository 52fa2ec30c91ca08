// SPDX-License-Identifier: Apache-2.0
package io.reloader.os;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * The file that names this process, locked for as long as it lives. The lock belongs to the open file description
 * (F_OFD_SETLK, fcntl(2)): the classic record lock falls as soon as anybody in the process closes any descriptor of
 * the file, an application that reads its own pid file included.
 */
public final class PidFile implements AutoCloseable {
    private static final int F_OFD_SETLK = 37;
    private static final short F_WRLCK = 1;
    private static final int FLOCK_BYTES = 32;
    private static final int EAGAIN = 11;
    private static final int EACCES = 13;
    private static final int ELOOP = 40;
    /** Of a number and a line's end; what is longer is no pid file. */
    private static final int LONGEST = 32;
    /** The JDK knows when a process was started to the second only. */
    private static final long SLACK_SECONDS = 2;

    public static final int MODE = 0644;

    private final NativeCalls calls = new NativeCalls();
    private final Path path;
    private final int descriptor;

    private PidFile(Path path) throws NativeUnavailable {
        this.path = path;
        int flags = OpenFlags.READ_WRITE
                | OpenFlags.CREATE
                | OpenFlags.CLOEXEC
                | OpenFlags.NOFOLLOW
                | OpenFlags.NOCTTY
                | OpenFlags.NONBLOCK;
        descriptor = (int) calls.call("open", calls.path(path), flags, MODE);
        if (descriptor < 0) {
            String reason = calls.errno() == ELOOP ? "it is a symbolic link; name the file itself" : calls.reason();
            throw new NativeUnavailable("pidfile=" + path + ": " + reason, null);
        }
    }

    /**
     * Creates and locks the file, or takes over one whose process is dead.
     *
     * @throws PidFileHeld if it is not ours to take
     * @throws NativeUnavailable if it cannot be opened; a symbolic link is not followed
     */
    public static PidFile lock(NativeAccess access, Path path) throws NativeUnavailable, PidFileHeld {
        access.libc();
        while (true) {
            PidFile file = new PidFile(path);
            try {
                file.lock();
                // A daemon that ends may have removed the file between our open and our lock.
                if (file.isInPlace()) {
                    file.refuseForeign();
                    return file;
                }
            } catch (PidFileHeld | NativeUnavailable e) {
                file.release();
                throw e;
            }
            file.release();
        }
    }

    /** Fails as {@link #lock} would; creates nothing and holds nothing. */
    public static void check(NativeAccess access, Path path) throws NativeUnavailable, PidFileHeld {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            lock(access, path).release();
        }
    }

    private void lock() throws NativeUnavailable, PidFileHeld {
        long lock = calls.allocate(FLOCK_BYTES);
        // l_whence, l_start and l_len 0: the whole file. l_pid must be 0.
        calls.putShort(lock, F_WRLCK);
        if ((int) calls.call("fcntl", descriptor, F_OFD_SETLK, lock) == 0) {
            return;
        }
        int errno = calls.errno();
        if (errno == EAGAIN || errno == EACCES) {
            throw PidFileHeld.locked(path, content());
        }
        throw new NativeUnavailable("pidfile=" + path + " cannot be locked: " + calls.reason(), null);
    }

    private boolean isInPlace() {
        try {
            return Files.isSameFile(opened(), path);
        } catch (IOException e) {
            return false;
        }
    }

    /** A file that holds something else, or names a live process that has not locked it, is another's. */
    private void refuseForeign() throws PidFileHeld {
        if (!Files.isRegularFile(opened())) {
            throw PidFileHeld.noPidFile(path);
        }
        String content = content();
        if (content.isEmpty()) {
            return;
        }
        long pid = number(content);
        if (pid < 0) {
            throw PidFileHeld.noPidFile(path);
        }
        if (pid != ProcessHandle.current().pid() && wroteIt(pid)) {
            throw PidFileHeld.foreign(path, pid);
        }
    }

    /** A process that was started after the file was written has got the number of the dead one. */
    private boolean wroteIt(long pid) {
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        if (process.isEmpty()) {
            return false;
        }
        Instant started = process.get().info().startInstant().orElse(Instant.MIN);
        try {
            Instant written = Files.getLastModifiedTime(opened()).toInstant();
            return !started.isAfter(written.plusSeconds(SLACK_SECONDS));
        } catch (IOException e) {
            return true;
        }
    }

    /** Makes this process the one the file names. */
    public void write(long pid) throws NativeUnavailable {
        byte[] line = (pid + "\n").getBytes(StandardCharsets.US_ASCII);
        calls.checked("ftruncate", descriptor, 0);
        if (calls.call("pwrite", descriptor, calls.string(line), line.length, 0) != line.length) {
            throw new NativeUnavailable("pidfile=" + path + ": " + calls.reason(), null);
        }
    }

    private void release() throws NativeUnavailable {
        calls.call("close", descriptor);
    }

    /**
     * Removes the file, or empties it where the directory is not ours to change, unless somebody has put another in its
     * place. The lock falls with the process: until then nobody else may start.
     */
    @Override
    public void close() throws IOException {
        try {
            if (isInPlace()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            try {
                calls.checkedFor("pidfile=" + path, "ftruncate", descriptor, 0);
            } catch (NativeUnavailable unwritable) {
                throw new IOException(unwritable);
            }
        }
    }

    private Path opened() {
        return Path.of("/proc/self/fd/" + descriptor);
    }

    private String content() {
        try (InputStream in = Files.newInputStream(opened())) {
            // One more than may be there: a file of any size is not read whole.
            byte[] bytes = in.readNBytes(LONGEST + 1);
            return new String(bytes, StandardCharsets.ISO_8859_1).trim();
        } catch (IOException e) {
            return "";
        }
    }

    static long number(String content) {
        if (content.length() > LONGEST) {
            return -1;
        }
        try {
            return Long.parseLong(content);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
