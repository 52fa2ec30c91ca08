// SPDX-License-Identifier: Apache-2.0
package io.reloader.agent;

import io.reloader.daemon.Daemon;
import io.reloader.os.NativeAccess;
import io.reloader.os.NativeUnavailable;
import io.reloader.os.Sockets;
import java.lang.instrument.Instrumentation;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The way to libc, opened by whoever needs it first: a daemon in premain, otherwise the arming thread. */
final class Natives implements Daemon.Opener, Supplier<@Nullable Sockets> {
    private final Instrumentation instrumentation;
    private @Nullable NativeAccess access;

    Natives(Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
    }

    /** The process's sockets; null where native code cannot be had. */
    @Override
    public @Nullable Sockets get() {
        try {
            return Sockets.open(open());
        } catch (NativeUnavailable e) {
            return null;
        }
    }

    @Override
    public synchronized NativeAccess open() throws NativeUnavailable {
        if (access == null) {
            access = NativeAccess.open(instrumentation);
        }
        return access;
    }
}
