// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One loop in a roll, and the moment in which it looks suspended: whoever gives it a task or shuts it down then starts a
 * thread for it, which is one too many, as its next thread waits already.
 */
final class NettySeat {

    private enum Start {
        /** None is expected. */
        NONE,
        /** The loop looks suspended, or is about to: one may come. */
        POSSIBLE,
        /** Somebody has changed the state and is about to start a thread. */
        OWED,
        /** It has come and was dropped. */
        DROPPED
    }

    final Object loop;
    private final AtomicReference<Start> start = new AtomicReference<>(Start.NONE);

    /** The state to which the loop goes back when it has left. Of the thread that leaves. */
    int state;
    /** Whether the thread's first attempt to leave was in vain. Of the thread that leaves. */
    boolean repeated;

    NettySeat(Object loop) {
        this.loop = loop;
    }

    /** The thread that has left, until its successor is seen. Written by both, and by the control thread. */
    private volatile @Nullable Thread former;

    void left(Thread thread) {
        former = thread;
    }

    /** Nobody else ever sees the successor before it runs. */
    void bequeath(Thread now, Threads threads) {
        Thread from = former;
        if (from != null && from != now) {
            former = null;
            threads.access().copyAccess(from, now);
            threads.births().record(now);
        }
    }

    boolean free() {
        return start.get() != Start.OWED;
    }

    /** Before the loop looks suspended. */
    void open() {
        start.set(Start.POSSIBLE);
    }

    /** After the state has been changed by somebody else, or not: false if that one's start is still to come. */
    boolean close(boolean changed) {
        if (changed) {
            return !start.compareAndSet(Start.POSSIBLE, Start.OWED);
        }
        start.set(Start.NONE);
        return true;
    }

    /** Whether a start is to be dropped; the one who closed the seat has waited for it if it was owed. */
    Dropped drop() {
        if (start.compareAndSet(Start.POSSIBLE, Start.DROPPED)) {
            return Dropped.EARLY;
        }
        return start.compareAndSet(Start.OWED, Start.DROPPED) ? Dropped.LATE : Dropped.NOT;
    }

    enum Dropped {
        NOT,
        EARLY,
        LATE
    }
}
