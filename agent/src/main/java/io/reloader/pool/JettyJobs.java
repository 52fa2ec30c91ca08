// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.concurrent.ReloaderJettyHooks;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many jobs Jetty's pools have begun, all together; and so whether their woven code is to ask. Raised by workers,
 * asked by the control thread.
 */
final class JettyJobs {
    private final LongAdder begun = new LongAdder();

    /** Written under the monitor by the control thread. */
    private volatile boolean counting;

    /** Whether a roll is under way. Under the monitor. */
    private boolean rolling;

    /** Since it was first asked: what workers did before, nobody can tell. */
    synchronized long begun() {
        counting = true;
        ask();
        return begun.sum();
    }

    void count() {
        if (counting) {
            begun.increment();
        }
    }

    synchronized void rolling(boolean now) {
        rolling = now;
        ask();
    }

    private void ask() {
        // Off only when nobody is under way: a woken worker must pass a hook before a job of its sees the interrupt.
        ReloaderJettyHooks.rolling = counting || rolling;
    }
}
