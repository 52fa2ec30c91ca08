// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import io.reloader.control.Pinned;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** The roll of one of Jetty's pools. The control thread wakes idle workers; each worker replaces itself. */
final class JettyRoll implements PoolRoll {
    private final JettyKind kind;
    private final JettyAccess access;
    private final Object pool;
    private final Permits permits;
    private final JettyWaker waker;
    /** Workers whose threads are older than the roll but began to run after it. Filled by those, emptied by control. */
    private final ConcurrentLinkedQueue<JettySlot> late = new ConcurrentLinkedQueue<>();

    /** Never changed once published; written by the control thread. */
    private volatile JettySlot[] slots = {};
    /** The highest id of a thread that is behind. Written by the control thread. */
    private volatile long lastOldThread;
    /** Written by the worker that failed. */
    private volatile @Nullable String trouble;
    /** Written by the control thread. */
    private volatile boolean closed;
    /** Written by the worker that left last. */
    private volatile long lastGone;

    // Control thread only.
    private int known;
    private int swept;
    private long begun;

    JettyRoll(JettyKind kind, Object pool) {
        this.kind = kind;
        this.access = kind.access();
        this.pool = pool;
        permits = new Permits(kind.threads().ledger(), kind.batch());
        waker = new JettyWaker(kind, pool);
    }

    /** Whether the current thread, which is between two jobs, shall leave. */
    boolean retire(JettySlot slot) {
        if (!active() || permits.free() == 0 || !permits.take()) {
            return false;
        }
        // Closing reads the permits after it has set the flag, so one of the two sees the other.
        if (!closed && kind.transfer().make(slot)) {
            return true;
        }
        giveBack();
        return false;
    }

    /** Whether workers are still to leave. */
    boolean active() {
        return !closed && trouble == null;
    }

    /** The current thread is out of its pool's books. */
    void left(JettySlot slot) {
        slot.enter(Slot.Phase.GONE);
        lastGone = System.nanoTime();
        moved();
    }

    /** The current thread, which may be a successor that is awaited here, is in its pool. */
    void arrived(Thread thread) {
        if (permits.cease(thread)) {
            giveBack();
        }
    }

    /** A worker begins to run. */
    void started(Thread thread, long id) {
        if (!closed && id <= lastOldThread && kind.ledger().find(thread) == null) {
            late.add(new JettySlot(this, thread));
            kind.wake();
        }
    }

    /** Whatever fails once would fail for every worker: the factory is asked once, not in a loop. */
    void stop(String reason) {
        trouble = reason;
        kind.wake();
    }

    private void giveBack() {
        permits.giveBack();
        moved();
    }

    private void moved() {
        if (closed) {
            kind.ledger().sweep();
        }
        kind.wake();
    }

    @Override
    public Object pool() {
        return pool;
    }

    JettyKind kind() {
        return kind;
    }

    Permits permits() {
        return permits;
    }

    /** All that {@link JettyLedger#find} must find. */
    JettySlot[] slots() {
        return slots;
    }

    boolean closed() {
        return closed;
    }

    /** Whether nobody is on the way out or in, and no interrupt on its way to a worker. */
    boolean still() {
        for (JettySlot slot : slots) {
            if (slot.underWay() && slot.thread.isAlive()) {
                return false;
            }
        }
        return permits.allFree();
    }

    void reopen() {
        closed = false;
    }

    /** Every worker that lives now is behind. Again, if the roll was under way: then those it knows stay in it. */
    void begin(long last) {
        begun = System.nanoTime();
        lastGone = begun;
        lastOldThread = last;
        trouble = kind.unfit(pool);
        List<JettySlot> all = new ArrayList<>();
        IdentityHashMap<Thread, JettySlot> former = new IdentityHashMap<>();
        for (JettySlot slot : slots) {
            if (slot.phase() != Slot.Phase.GONE) {
                slot.pinned = null;
                slot.freed = 0;
                former.put(slot.thread, slot);
                all.add(slot);
            }
        }
        for (Thread thread : access.threads(pool)) {
            if (!former.containsKey(thread)) {
                all.add(new JettySlot(this, thread));
            }
        }
        slots = all.toArray(new JettySlot[0]);
        known = all.size();
        swept = 0;
    }

    @Override
    public void advance() {
        admitLate();
        dispatchStopped(false);
        reap();
        if (active() && access.running(pool)) {
            waker.wake(slots, permits.free());
        }
    }

    /** A selector without a thread is the one thing that must not be: its worker may have gone another way. */
    private void dispatchStopped(boolean atOnce) {
        for (JettySlot slot : slots) {
            boolean overdue = slot.hasStopped() && (slot.overdue || atOnce);
            slot.overdue = slot.hasStopped();
            Object producer = overdue ? slot.takeStopped() : null;
            if (producer != null && !kind.producers().dispatch(producer)) {
                // Only a pool that is stopped refuses.
                slot.overdue = false;
            }
        }
    }

    private void admitLate() {
        JettySlot slot = late.poll();
        if (slot == null) {
            return;
        }
        List<JettySlot> all = new ArrayList<>(List.of(slots));
        for (; slot != null; slot = late.poll()) {
            if (!listed(all, slot.thread)) {
                all.add(slot);
                known++;
            }
        }
        slots = all.toArray(new JettySlot[0]);
        kind.ledger().sweep();
    }

    private static boolean listed(List<JettySlot> all, Thread thread) {
        for (JettySlot each : all) {
            if (each.thread == thread) {
                return true;
            }
        }
        return false;
    }

    /** Finds threads that ended by themselves, and lets go of dead ones. */
    private void reap() {
        Thread stillborn = permits.stillborn();
        if (stillborn != null && permits.cease(stillborn)) {
            if (access.running(pool)) {
                stop("its new thread ended without running");
            }
            giveBack();
        }
        int empty = 0;
        for (JettySlot slot : slots) {
            if (slot.phase() != Slot.Phase.GONE && slot.thread.getState() == Thread.State.TERMINATED) {
                left(slot);
            }
            empty += slot.phase() == Slot.Phase.GONE ? 1 : 0;
        }
        if (empty > 0 && empty * 2 >= slots.length) {
            List<JettySlot> rest = rest();
            swept += slots.length - rest.size();
            slots = rest.toArray(new JettySlot[0]);
            kind.ledger().sweep();
        }
    }

    private List<JettySlot> rest() {
        List<JettySlot> rest = new ArrayList<>();
        for (JettySlot slot : slots) {
            if (slot.phase() != Slot.Phase.GONE) {
                rest.add(slot);
            }
        }
        return rest;
    }

    @Override
    public boolean finished() {
        if (!late.isEmpty() || !permits.allFree()) {
            return false;
        }
        for (JettySlot slot : slots) {
            Slot.Phase phase = slot.phase();
            boolean waits = phase == Slot.Phase.BEHIND && slot.pinned == null && trouble == null;
            if (waits || phase == Slot.Phase.LEAVING || phase == Slot.Phase.MOVED) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int workers() {
        return known;
    }

    @Override
    public int rolled() {
        return swept + slots.length - rest().size();
    }

    /** Those whose job is to accept, select or wait, as far as they could not be freed from it. */
    @Override
    public Pinned pinned() {
        int count = 0;
        List<String> reasons = new ArrayList<>();
        for (JettySlot slot : slots) {
            String reason = slot.phase() == Slot.Phase.BEHIND ? slot.pinned : null;
            if (reason != null) {
                count++;
                if (!reasons.contains(reason)) {
                    reasons.add(reason);
                }
            }
        }
        return count == 0 ? Pinned.NONE : new Pinned(count, String.join("; ", reasons));
    }

    @Override
    public long age(Thread behind) {
        JettySlot slot = kind.ledger().find(behind);
        long since = slot == null ? 0 : slot.busySince;
        return since == 0 ? 0 : System.nanoTime() - since;
    }

    /** Never one that merely waits, accepts or selects: that would close its channel. */
    @Override
    public boolean interrupt(Thread behind) {
        JettySlot slot = kind.ledger().find(behind);
        return slot != null && kind.work(behind) == JettyWork.BUSY && slot.interruptJob();
    }

    @Override
    public long nanos() {
        return lastGone - begun;
    }

    @Override
    public Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    @Override
    public List<Thread> behind() {
        List<JettySlot> rest = rest();
        rest.sort(Comparator.comparingLong(slot -> slot.busySince == 0 ? Long.MAX_VALUE : slot.busySince - begun));
        List<Thread> threads = new ArrayList<>();
        for (JettySlot slot : rest) {
            if (slot.pinned == null) {
                threads.add(slot.thread);
            }
        }
        return threads;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            dispatchStopped(true);
            kind.ledger().sweep();
        }
    }
}
