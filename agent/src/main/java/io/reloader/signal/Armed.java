// SPDX-License-Identifier: Apache-2.0
package io.reloader.signal;

import org.jspecify.annotations.Nullable;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * One signal taken through the JVM's own dispatcher. {@link #handle} runs on a new thread per signal, several at once,
 * so it only enqueues.
 */
class Armed implements SignalHandler {
    final Binding binding;
    final Signal signal;
    private final CommandSink sink;

    // Written by the thread that arms or disarms.
    private volatile @Nullable SignalHandler previous;
    private volatile boolean taken;
    // Written by any thread, under this.
    private boolean displaced;

    Armed(Binding binding, Signal signal, CommandSink sink) {
        this.binding = binding;
        this.signal = signal;
        this.sink = sink;
    }

    /** Throws IllegalArgumentException for a signal that the JVM keeps to itself. */
    final void take() {
        previous = Signal.handle(signal, this);
        taken = true;
    }

    /** Puts back what {@link #take} found, unless another holds the signal now. */
    final void release() {
        SignalHandler found = previous;
        boolean ours = inForce();
        taken = false;
        if (ours && found != null) {
            Signal.handle(signal, found);
        }
    }

    /** Whether {@link #take} found a handler that is not the JDK's. */
    final boolean tookFromApplication() {
        SignalHandler found = previous;
        return found != null && found.getClass().getModule() != Signal.class.getModule();
    }

    final boolean taken() {
        return taken;
    }

    final @Nullable SignalHandler previous() {
        return previous;
    }

    /** True when this changes what was known. */
    final synchronized boolean displaced(boolean now) {
        boolean changed = displaced != now;
        displaced = now;
        return changed;
    }

    /** Taken by us and not by another since. */
    final synchronized boolean inForce() {
        return taken && !displaced;
    }

    @Override
    public void handle(Signal delivered) {
        command();
    }

    final void command() {
        if (taken) {
            sink.put(binding.command());
        } else {
            handOn();
        }
    }

    /** Delivered before {@link #release}, and its thread runs after it: it means what it meant without us. */
    private void handOn() {
        SignalHandler found = previous;
        if (found != null && found != SignalHandler.SIG_DFL && found != SignalHandler.SIG_IGN) {
            try {
                found.handle(signal);
            } catch (UnsupportedOperationException e) {
                // A native handler: the kernel calls it from the next signal on.
                return;
            }
        }
    }
}
