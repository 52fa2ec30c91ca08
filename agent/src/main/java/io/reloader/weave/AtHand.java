// SPDX-License-Identifier: Apache-2.0
package io.reloader.weave;

import java.lang.ref.Reference;
import java.lang.ref.SoftReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The weaver, held while the application starts and its pools' classes come; made anew for those that come later, and
 * kept then while memory lasts. Used by any thread.
 */
final class AtHand {
    private final Supplier<Weaver> workshop;

    /** Guarded by this, as are the others. */
    private @Nullable Weaver held;

    private Reference<Weaver> left = new SoftReference<>(null);
    private boolean released;
    private long uses;

    AtHand(Supplier<Weaver> workshop) {
        this.workshop = workshop;
    }

    synchronized Weaver get() {
        uses++;
        Weaver weaver = held != null ? held : left.get();
        if (weaver == null) {
            weaver = workshop.get();
            left = new SoftReference<>(weaver);
            held = released ? null : weaver;
        }
        return weaver;
    }

    /** Lets the weaver go unless it has been used since {@link #uses} was this; whether it has. */
    synchronized boolean release(long since) {
        if (uses != since) {
            return false;
        }
        held = null;
        left.clear();
        released = true;
        return true;
    }

    synchronized long uses() {
        return uses;
    }
}
