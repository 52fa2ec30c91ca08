// SPDX-License-Identifier: Apache-2.0
package io.reloader.signal;

import io.reloader.os.Architecture;
import io.reloader.os.Libc;
import io.reloader.os.NativeUnavailable;
import io.reloader.os.Sigaction;

/**
 * The native handler in front of HotSpot's suspend signal, installed by the arming thread. Its page is never unmapped:
 * a thread may be suspended below it, or keep its address as the handler to restore.
 */
final class Stub {
    private final Libc libc;
    private final int signal;
    private final long suspend;
    private final long dispatch;
    private final long page;

    private Stub(Libc libc, int signal, StubCode.Routes routes, long page) {
        this.libc = libc;
        this.signal = signal;
        this.suspend = routes.suspend();
        this.dispatch = routes.dispatch();
        this.page = page;
    }

    /** Makes the page; {@link #install} puts it in place of HotSpot's dispatcher. */
    static Stub prepare(Libc libc, int signal, long suspend, long dispatch) throws NativeUnavailable, StubRefused {
        if (dispatch == suspend || dispatch == 0 || dispatch == 1) {
            throw new StubRefused("its disposition is not the JVM's dispatcher");
        }
        StubCode.Routes routes = new StubCode.Routes(libc.getpid(), suspend, dispatch);
        byte[] code = StubCode.assemble(Architecture.current(), routes);
        if (code.length == 0) {
            throw new StubRefused("no stub for " + System.getProperty("os.arch"));
        }
        return new Stub(libc, signal, routes, libc.executablePage(code));
    }

    void install() throws NativeUnavailable {
        libc.sigaction(signal, new Sigaction(page, Sigaction.ONSTACK_SIGINFO_RESTART));
    }

    boolean holds() throws NativeUnavailable {
        return libc.sigaction(signal).handler() == page;
    }

    /** Whether the JVM, or this stub in front of it, still gets the signal. */
    boolean reachesJvm(int number) throws NativeUnavailable {
        return libc.sigaction(number).handler() == (number == signal ? page : dispatch);
    }

    /** After the JVM restored the suspend handler: it did so with every signal in the mask, HotSpot starts with none. */
    void restoreMask() throws NativeUnavailable {
        if (suspend != 0 && libc.sigaction(signal).handler() == suspend) {
            libc.sigaction(signal, new Sigaction(suspend, Sigaction.SIGINFO_RESTART));
        }
    }
}
