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
    private static final long SIG_DFL = 0;
    private static final long SIG_IGN = 1;

    private final JvmSignals jvm;
    private final NativeAccess access;

    // Written by the arming thread, once.
    private volatile @Nullable Stub stub;

    Holdings(JvmSignals jvm, NativeAccess access) {
        this.jvm = jvm;
        this.access = access;
    }

    /** Puts the stub in front of the suspend signal, which is taken here if it was not before. */
    void stand(SuspendSignal suspend, Armed[] all) throws NativeUnavailable, StubRefused {
        Libc libc = access.libc();
        long dispatch = dispatcher(libc, all);
        if (!suspend.taken() && dispatch == 0) {
            suspend.take();
        }
        Stub prepared;
        if (suspend.taken()) {
            prepared = afterTaking(suspend, libc);
        } else {
            prepared = beforeTaking(suspend, libc, dispatch);
            suspend.take();
        }
        if (prepared != null) {
            prepared.install();
            if (!prepared.holds()) {
                throw new StubRefused("sigaction did not keep the stub");
            }
            stub = prepared;
        }
        suspend.stands();
    }

    /** Null if HotSpot does not use the signal. */
    private @Nullable Stub afterTaking(SuspendSignal suspend, Libc libc) throws NativeUnavailable, StubRefused {
        SignalHandler found = suspend.previous();
        if (found == null || found == SignalHandler.SIG_DFL || found == SignalHandler.SIG_IGN) {
            return null;
        }
        int number = suspend.signal.getNumber();
        // Behind a Java handler HotSpot's own is out of reach, and its requests were lost before.
        return Stub.prepare(
                libc, number, jvm.address(found), libc.sigaction(number).handler());
    }

    /** As {@link #afterTaking}, with nothing left to do but sigaction when the signal is taken. */
    private static @Nullable Stub beforeTaking(SuspendSignal suspend, Libc libc, long dispatch)
            throws NativeUnavailable, StubRefused {
        int number = suspend.signal.getNumber();
        long found = libc.sigaction(number).handler();
        if (found == SIG_DFL || found == SIG_IGN) {
            return null;
        }
        return Stub.prepare(libc, number, found == dispatch ? 0 : found, dispatch);
    }

    /** The handler HotSpot puts on every signal that Java takes; 0 if there is none to learn it from. */
    private static long dispatcher(Libc libc, Armed[] all) throws NativeUnavailable {
        for (Armed each : all) {
            if (each.inForce()) {
                return libc.sigaction(each.signal.getNumber()).handler();
            }
        }
        return 0;
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
