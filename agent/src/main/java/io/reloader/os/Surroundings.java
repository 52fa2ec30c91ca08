// SPDX-License-Identifier: Apache-2.0
package io.reloader.os;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The files, the directory and the umask that a program finds when this process becomes it. Java cannot change the
 * latter two: nothing of Java may run on for long after they have changed.
 */
public final class Surroundings {
    private static final int EEXIST = 17;

    private final NativeCalls calls;

    public Surroundings(NativeAccess access) throws NativeUnavailable {
        calls = new NativeCalls(access);
    }

    /**
     * Makes an empty file, whatever the umask. One that is there, were it a symbolic link, is left alone: root neither
     * opens nor gives away what another may have put there.
     */
    public void create(Path path, int mode, @Nullable Account owner) throws NativeUnavailable {
        int flags = OpenFlags.WRITE | OpenFlags.CREATE | OpenFlags.EXCLUSIVE | OpenFlags.CLOEXEC;
        int descriptor = (int) calls.call("open", calls.path(path), flags, mode);
        if (descriptor < 0) {
            if (calls.errno() == EEXIST) {
                return;
            }
            throw new NativeUnavailable(path + ": " + calls.reason(), null);
        }
        try {
            calls.checkedFor(path.toString(), "fchmod", descriptor, mode);
            if (owner != null) {
                calls.checkedFor(path.toString(), "fchown", descriptor, owner.uid(), owner.gid());
            }
        } finally {
            calls.call("close", descriptor);
        }
    }

    public void directory(Path path) throws NativeUnavailable {
        calls.checkedFor("chdir=" + path, "chdir", calls.path(path));
    }

    public void umask(int mask) throws NativeUnavailable {
        calls.call("umask", mask);
    }
}
