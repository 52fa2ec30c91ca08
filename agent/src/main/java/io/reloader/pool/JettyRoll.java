// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import io.reloader.control.Pinned;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The roll of one of Jetty's pools. The control thread wakes idle workers; each worker replaces itself. */
final class JettyRoll extends SlotRoll {
    private final JettyKind kind;
    private final JettyWaker waker;

    JettyRoll(JettyKind kind, Object pool) {
        super(pool, kind.ledger(), kind::wake, kind.batch());
        this.kind = kind;
        waker = new JettyWaker(kind, pool);
    }

    JettyKind kind() {
        return kind;
    }

    /** Whether the current thread, which is between two jobs, shall leave. */
    boolean retire(JettySlot slot) {
        if (!open() || !permits().take()) {
            return false;
        }
        // Closing reads the permits after it has set the flag, so one of the two sees the other.
        if (!stopped() && kind.transfer().make(slot)) {
            return true;
        }
        giveBack();
        return false;
    }

    @Override
    List<Slot> all() {
        for (Slot former : slots()) {
            of(former).pinned = null;
            of(former).freed = 0;
        }
        List<Slot> all = new ArrayList<>();
        for (Thread thread : kind.access().threads(pool())) {
            all.add(slot(thread, thread));
        }
        return all;
    }

    @Override
    Slot slot(Thread thread, Object worker) {
        return new JettySlot(this, thread);
    }

    private static JettySlot of(Slot slot) {
        return (JettySlot) slot;
    }

    @Override
    @Nullable
    String unfit() {
        return kind.unfit(pool());
    }

    @Override
    boolean running() {
        return kind.access().running(pool());
    }

    @Override
    void wakeIdle(Slot[] all, int count) {
        waker.wake(all, count);
    }

    /** A selector without a thread is the one thing that must not be: its worker may have gone another way. */
    @Override
    void tend() {
        for (Slot each : slots()) {
            JettySlot slot = of(each);
            boolean overdue = slot.hasStopped() && (slot.overdue || closed());
            slot.overdue = slot.hasStopped();
            Object producer = overdue ? slot.takeStopped() : null;
            if (producer != null && !kind.producers().dispatch(producer)) {
                // Only a pool that is stopped refuses.
                slot.overdue = false;
            }
        }
    }

    @Override
    boolean atRest() {
        for (Slot slot : slots()) {
            if (of(slot).underWay()) {
                return false;
            }
        }
        return true;
    }

    @Override
    boolean busy(Slot slot) {
        return of(slot).jobSince != 0;
    }

    @Override
    long completed(Slot slot) {
        return of(slot).jobSince;
    }

    @Override
    long begin(Slot slot, long now) {
        return of(slot).jobSince;
    }

    /** Never one that merely waits, accepts or selects: that would close its channel. */
    @Override
    boolean interrupt(Slot slot) {
        return kind.work(slot.thread) == JettyWork.BUSY && of(slot).interruptJob();
    }

    @Override
    boolean pinned(Slot slot) {
        return of(slot).pinned != null;
    }

    /** Those whose job is to accept, select or wait, as far as they could not be freed from it. */
    @Override
    public Pinned pinned() {
        int count = 0;
        List<String> reasons = new ArrayList<>();
        for (Slot slot : slots()) {
            String reason = slot.phase() == Slot.Phase.BEHIND ? of(slot).pinned : null;
            if (reason != null) {
                count++;
                if (!reasons.contains(reason)) {
                    reasons.add(reason);
                }
            }
        }
        return count == 0 ? Pinned.NONE : new Pinned(count, String.join("; ", reasons));
    }
}
