// SPDX-License-Identifier: Apache-2.0
package io.reloader.os;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Turns this process into another program by execve(2), with a pipe that the other program and its children may speak
 * through. fork(2) is no alternative: of a JVM's threads only the calling one survives in the child, and it hangs at its
 * next safepoint. Called in premain; returns only if the kernel refuses.
 */
public final class Handover {
    /** Where the other program finds the pipe's ends. */
    public static final int READ_END = 3;

    public static final int WRITE_END = 4;

    private static final int SIG_SETMASK = 2;
    private static final int SIGSET_BYTES = 128;
    private static final int F_DUPFD = 0;
    private static final int F_SETFD = 2;
    private static final int FD_CLOEXEC = 1;
    /** Out of the way of the ends' final places. */
    private static final int ASIDE = 20;

    private final NativeCalls calls;
    private final int read;
    private final int write;

    /** Opens the pipe. */
    public Handover(NativeAccess access) throws NativeUnavailable {
        calls = new NativeCalls(access);
        long ends = calls.allocate(8);
        calls.checked("pipe", ends);
        read = calls.checked("fcntl", calls.getInt(ends), F_DUPFD, ASIDE);
        write = calls.checked("fcntl", calls.getInt(ends + 4), F_DUPFD, ASIDE);
    }

    /** The pipe's name in /proc/self/fd of whoever has it, {@code pipe:[4711]}. */
    public String pipe() throws IOException {
        return Files.readSymbolicLink(Path.of("/proc/self/fd/" + write)).toString();
    }

    /** The file that this process runs, in the bytes of its name. */
    public byte[] executable() throws NativeUnavailable {
        int most = 4096;
        long buffer = calls.allocate(most);
        int length = calls.checked(
                "readlink", calls.string("/proc/self/exe".getBytes(StandardCharsets.US_ASCII)), buffer, most);
        return calls.bytes(buffer, length);
    }

    /** Does not return. */
    public NativeUnavailable become(byte[] program, List<byte[]> arguments, List<byte[]> environment)
            throws NativeUnavailable {
        long path = calls.string(program);
        long argv = vector(arguments);
        long envp = vector(environment);
        // HotSpot's threads block SIGQUIT, and a mask survives exec.
        calls.checked("pthread_sigmask", SIG_SETMASK, calls.allocate(SIGSET_BYTES), 0);
        closeOnExec();
        calls.checked("dup2", read, READ_END);
        calls.checked("dup2", write, WRITE_END);
        calls.call("execve", path, argv, envp);
        return calls.failure("execve");
    }

    /** Closes the daemon's end of the pipe, which its children would otherwise inherit from a native fork. */
    public static void closeWriteEnd(NativeAccess access) throws NativeUnavailable {
        new NativeCalls(access).call("close", WRITE_END);
    }

    /** The JVM opens its jars, sockets and pipes without FD_CLOEXEC. */
    private void closeOnExec() throws NativeUnavailable {
        String[] descriptors = new File("/proc/self/fd").list();
        for (String descriptor : descriptors == null ? new String[0] : descriptors) {
            int number = Integer.parseInt(descriptor);
            if (number > 2) {
                calls.call("fcntl", number, F_SETFD, FD_CLOEXEC);
            }
        }
    }

    private long vector(List<byte[]> strings) {
        long vector = calls.allocate(Long.BYTES * (strings.size() + 1));
        for (int i = 0; i < strings.size(); i++) {
            calls.putLong(vector + (long) Long.BYTES * i, calls.string(strings.get(i)));
        }
        return vector;
    }
}
