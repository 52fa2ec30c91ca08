// SPDX-License-Identifier: Apache-2.0
package io.reloader.signal;

import io.reloader.os.Libc;
import io.reloader.os.NativeAccess;
import io.reloader.os.NativeUnavailable;
import org.jspecify.annotations.Nullable;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** Who holds each signal, in the JDK's table and in the kernel, and the stub. Changed by the arming thread only. */
final class Holdings {
    private final JvmSignals jvm;
    private final NativeAccess access;

    // Written by the arming thread, once.
    private volatile @Nullable Stub stub;

    Holdings(JvmSignals jvm, NativeAccess access) {
        this.jvm = jvm;
        this.access = access;
    }

    /** Puts the stub in front of the suspend signal, which is taken here if it was not before. */
    void stand(SuspendSignal suspend) throws NativeUnavailable, StubRefused {
        Libc libc = access.libc();
        if (!suspend.taken()) {
            suspend.take();
        }
        SignalHandler found = suspend.previous();
        if (found == null || jvm.current(suspend.signal) != suspend) {
            return;
        }
        if (found != SignalHandler.SIG_DFL && found != SignalHandler.SIG_IGN) {
            // Behind a Java handler HotSpot's own is out of reach, and its requests were lost before.
            stub = Stub.install(libc, suspend.signal.getNumber(), jvm.address(found));
        }
        suspend.stands();
    }

    boolean holds(Armed each) {
        SignalHandler current = jvm.current(each.signal);
        Stub standing = stub;
        if (standing == null) {
            return current == each;
        }
        try {
            if (current == null && each instanceof SuspendSignal && standing.holds()) {
                // Another took the signal and put back what it had found: to the JDK a bare native handler.
                Signal.handle(each.signal, each);
                standing.install();
                return true;
            }
            return current == each && standing.reachesJvm(each.signal.getNumber());
        } catch (NativeUnavailable e) {
            return current == each;
        }
    }

    /** To be called when the signal of the stub has been released. */
    void clear() throws NativeUnavailable {
        Stub standing = stub;
        if (standing != null) {
            standing.restoreMask();
        }
    }
}
