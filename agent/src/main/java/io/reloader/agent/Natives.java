// SPDX-License-Identifier: Apache-2.0
package io.reloader.agent;

import io.reloader.daemon.Daemon;
import io.reloader.os.NativeAccess;
import io.reloader.os.NativeUnavailable;
import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/** The way to libc, opened by whoever needs it first: a daemon in premain, otherwise the arming thread. */
final class Natives implements Daemon.Opener {
    private final Instrumentation instrumentation;
    private @Nullable NativeAccess access;

    Natives(Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
    }

    @Override
    public synchronized NativeAccess open() throws NativeUnavailable {
        if (access == null) {
            access = NativeAccess.open(instrumentation);
        }
        return access;
    }
}
