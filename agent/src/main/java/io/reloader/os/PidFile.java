// SPDX-License-Identifier: Apache-2.0
package io.reloader.os;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The file that names this process, locked for as long as it lives. The lock belongs to the open file description
 * (F_OFD_SETLK, fcntl(2)): the classic record lock falls as soon as anybody in the process closes any descriptor of
 * the file, an application that reads its own pid file included.
 */
public final class PidFile implements AutoCloseable {
    private static final int O_RDWR = 2;
    private static final int O_CREAT = 0x40;
    private static final int O_CLOEXEC = 0x80000;
    private static final int O_NOFOLLOW_X86 = 0x20000;
    private static final int O_NOFOLLOW_ARM = 0x8000;
    private static final int F_OFD_SETLK = 37;
    private static final short F_WRLCK = 1;
    private static final int FLOCK_BYTES = 32;
    private static final int MODE = 0644;

    private final NativeCalls calls = new NativeCalls();
    private final Path path;
    private final int descriptor;

    private PidFile(Path path, int descriptor) {
        this.path = path;
        this.descriptor = descriptor;
    }

    /**
     * Creates and locks the file, or takes over one that nobody holds: what it names is dead.
     *
     * @throws PidFileHeld if another process holds it
     * @throws NativeUnavailable if it cannot be opened; a symbolic link is not followed
     */
    public static PidFile lock(NativeAccess access, Path path) throws NativeUnavailable, PidFileHeld {
        access.libc();
        NativeCalls calls = new NativeCalls();
        int nofollow = Architecture.current() == Architecture.AARCH64 ? O_NOFOLLOW_ARM : O_NOFOLLOW_X86;
        long name = calls.string(path.toString().getBytes(StandardCharsets.UTF_8));
        int descriptor = calls.checked("open", name, O_RDWR | O_CREAT | O_CLOEXEC | nofollow, MODE);
        PidFile file = new PidFile(path, descriptor);
        long lock = calls.allocate(FLOCK_BYTES);
        // l_whence, l_start and l_len 0: the whole file. l_pid must be 0.
        calls.putShort(lock, F_WRLCK);
        if ((int) calls.call("fcntl", descriptor, F_OFD_SETLK, lock) != 0) {
            String holder = file.content();
            calls.call("close", descriptor);
            throw new PidFileHeld(path, holder);
        }
        return file;
    }

    /** Makes this process the one the file names. */
    public void write(long pid) throws NativeUnavailable {
        byte[] line = (pid + "\n").getBytes(StandardCharsets.US_ASCII);
        calls.checked("ftruncate", descriptor, 0);
        if (calls.call("pwrite", descriptor, calls.string(line), line.length, 0) != line.length) {
            throw calls.failure("pwrite");
        }
    }

    /** Lets the file go for another process to lock; it stays where it is. */
    public void release() throws NativeUnavailable {
        calls.call("close", descriptor);
    }

    /** Removes the file, unless somebody has put another in its place, and lets it go. */
    @Override
    public void close() throws IOException {
        try {
            Path ours = Path.of("/proc/self/fd/" + descriptor);
            if (Files.exists(path) && Files.isSameFile(ours, path)) {
                Files.delete(path);
            }
            calls.call("close", descriptor);
        } catch (NativeUnavailable e) {
            throw new IOException(e);
        }
    }

    private String content() {
        try {
            return Files.readString(path).trim();
        } catch (IOException e) {
            return "";
        }
    }
}
