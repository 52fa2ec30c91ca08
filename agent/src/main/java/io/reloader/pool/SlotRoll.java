// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The books of one pool's roll: who is behind, on the way, or gone. The control thread advances; workers move. */
abstract class SlotRoll implements PoolRoll {
    private final Ledger<?> ledger;
    private final Runnable wake;
    private final Object pool;
    private final Permits permits;
    /** Workers whose threads are older than the roll but began to run after it. Filled by those, emptied by control. */
    private final ConcurrentLinkedQueue<Slot> late = new ConcurrentLinkedQueue<>();

    /** Never changed once published; written by the control thread. */
    private volatile Slot[] slots = {};
    /** The highest id of a thread that is behind. Written by the control thread. */
    private volatile long lastOldThread;
    /** Written by the worker that failed. */
    private volatile @Nullable String trouble;
    /** Written by the control thread. */
    private volatile boolean closed;
    /** Written by the worker that left last. */
    private volatile long lastGone;

    // Control thread only.
    private int workers;
    private int swept;
    private long begun;
    private long sampled;

    SlotRoll(Object pool, Ledger<?> ledger, Runnable wake, int batch) {
        this.pool = pool;
        this.ledger = ledger;
        this.wake = wake;
        permits = new Permits(ledger, batch);
    }

    /** All workers of the pool, each behind. */
    abstract List<Slot> all();

    /** Makes up to this many of the idle workers that are behind ask for work anew. */
    abstract void wakeIdle(Slot[] all, int count);

    /** Called before all workers are looked at. */
    void sampling() {}

    /** Whether it holds a unit of work. */
    abstract boolean busy(Slot slot);

    /** How many units of work it has completed, if that is known. */
    long completed(Slot slot) {
        return 0;
    }

    /** Whether the pool has not been shut down. */
    abstract boolean running();

    /** Workers that are in no books of their pool. */
    Iterable<Slot> strays() {
        return List.of();
    }

    boolean straysGone() {
        return true;
    }

    /** Whether a worker that is behind may take a permit. */
    final boolean open() {
        return !stopped() && permits.free() > 0;
    }

    /** To be asked again with the permit taken: the worker that held it before may have failed. */
    final boolean stopped() {
        return closed || trouble != null;
    }

    /** The current thread, which may be a successor that is awaited here, is in its pool, or already leaves it. */
    final void arrived(Thread thread) {
        if (permits.cease(thread)) {
            giveBack();
        }
    }

    /** A worker begins to run. */
    final void started(Thread thread, Object worker, long id) {
        if (!closed && id <= lastOldThread && ledger.find(thread) == null) {
            late.add(new Slot(this, thread, worker, Slot.Phase.BEHIND));
            wake.run();
        }
    }

    /** Whatever fails once would fail for every worker: the factory is asked once, not in a loop. */
    final void stop(String reason) {
        trouble = reason;
    }

    final void gone(Slot slot) {
        slot.enter(Slot.Phase.GONE);
        lastGone = System.nanoTime();
        moved();
    }

    final void giveBack() {
        permits.giveBack();
        moved();
    }

    private void moved() {
        if (closed) {
            ledger.sweep();
        }
        wake.run();
    }

    @Override
    public final Object pool() {
        return pool;
    }

    final Permits permits() {
        return permits;
    }

    /** All that {@link Ledger#find} must find. */
    final List<Slot> slots() {
        List<Slot> all = new ArrayList<>(List.of(slots));
        strays().forEach(all::add);
        return all;
    }

    final boolean closed() {
        return closed;
    }

    /** Whether nobody is on the way out or in, expelled workers included. */
    final boolean still() {
        return straysGone() && settled();
    }

    private boolean settled() {
        if (!permits.allFree()) {
            return false;
        }
        for (Slot slot : slots) {
            Slot.Phase phase = slot.phase();
            if (phase == Slot.Phase.LEAVING || phase == Slot.Phase.MOVED) {
                return false;
            }
        }
        return true;
    }

    final void reopen() {
        closed = false;
    }

    /** Every worker that lives now is behind. Again, if the roll was under way: then those it knows stay in it. */
    final void begin(long last) {
        begun = System.nanoTime();
        lastGone = begun;
        lastOldThread = last;
        trouble = null;
        List<Slot> all = new ArrayList<>();
        IdentityHashMap<Thread, Slot> known = new IdentityHashMap<>();
        for (Slot slot : slots) {
            if (slot.phase() != Slot.Phase.GONE) {
                known.put(slot.thread, slot);
                all.add(slot);
            }
        }
        for (Slot slot : all()) {
            if (!known.containsKey(slot.thread)) {
                all.add(slot);
            }
        }
        slots = all.toArray(new Slot[0]);
        workers = all.size();
        swept = 0;
    }

    @Override
    public final void advance() {
        admitLate();
        reap();
        if (closed || trouble != null) {
            return;
        }
        sample();
        int free = permits.free();
        if (free > 0 && running()) {
            wakeIdle(slots, free);
        }
    }

    private void admitLate() {
        Slot slot = late.poll();
        if (slot == null) {
            return;
        }
        List<Slot> all = new ArrayList<>(List.of(slots));
        for (; slot != null; slot = late.poll()) {
            if (!listed(all, slot.thread)) {
                all.add(slot);
                workers++;
            }
        }
        slots = all.toArray(new Slot[0]);
        ledger.sweep();
    }

    private static boolean listed(List<Slot> all, Thread thread) {
        for (Slot each : all) {
            if (each.thread == thread) {
                return true;
            }
        }
        return false;
    }

    /** Finds threads that died without a word, and lets go of dead ones. */
    private void reap() {
        Thread stillborn = permits.stillborn();
        if (stillborn != null && permits.cease(stillborn)) {
            stop("its new thread ended without running");
            giveBack();
        }
        int empty = 0;
        for (Slot slot : slots) {
            if (slot.phase() != Slot.Phase.GONE && slot.thread.getState() == Thread.State.TERMINATED) {
                gone(slot);
            }
            empty += slot.phase() == Slot.Phase.GONE ? 1 : 0;
        }
        if (empty > 0 && empty * 2 >= slots.length) {
            List<Slot> rest = new ArrayList<>();
            for (Slot slot : slots) {
                if (slot.phase() != Slot.Phase.GONE) {
                    rest.add(slot);
                }
            }
            swept += slots.length - rest.size();
            slots = rest.toArray(new Slot[0]);
            ledger.sweep();
        }
    }

    private void sample() {
        long now = System.nanoTime();
        if (now - sampled < TimeUnit.MILLISECONDS.toNanos(10)) {
            return;
        }
        sampled = now;
        sampling();
        for (Slot slot : slots) {
            long completed = completed(slot);
            if (!busy(slot)) {
                slot.busySince = 0;
            } else if (slot.busySince == 0 || slot.completedThen != completed) {
                slot.busySince = now;
                slot.completedThen = completed;
            }
        }
    }

    @Override
    public final boolean finished() {
        // While the gap is open the pool must be found in the ledger, or what it refuses is not put down to the roll.
        return late.isEmpty() && settled() && (trouble != null || rolled() == workers) && !permits.gapOpen();
    }

    @Override
    public final int workers() {
        return workers;
    }

    @Override
    public final int rolled() {
        int gone = swept;
        for (Slot slot : slots) {
            gone += slot.phase() == Slot.Phase.GONE ? 1 : 0;
        }
        return gone;
    }

    @Override
    public final long nanos() {
        return lastGone - begun;
    }

    @Override
    public final Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    @Override
    public final List<Thread> behind() {
        List<Slot> rest = new ArrayList<>();
        for (Slot slot : slots) {
            if (slot.phase() != Slot.Phase.GONE) {
                rest.add(slot);
            }
        }
        rest.sort(Comparator.comparingLong(slot -> slot.busySince == 0 ? Long.MAX_VALUE : slot.busySince - begun));
        List<Thread> threads = new ArrayList<>();
        for (Slot slot : rest) {
            threads.add(slot.thread);
        }
        return threads;
    }

    @Override
    public final long age(Thread behind) {
        Slot slot = slotOf(behind);
        return slot == null || slot.busySince == 0 ? 0 : System.nanoTime() - slot.busySince;
    }

    @Override
    public final boolean interrupt(Thread behind) {
        Slot slot = slotOf(behind);
        if (slot == null) {
            return false;
        }
        // Under the monitor, so that it reaches neither the factory nor the thread's way out.
        synchronized (slot) {
            sampling();
            if (slot.phase() != Slot.Phase.BEHIND || !busy(slot)) {
                return false;
            }
            behind.interrupt();
            return true;
        }
    }

    private @Nullable Slot slotOf(Thread thread) {
        for (Slot slot : slots) {
            if (slot.thread == thread) {
                return slot;
            }
        }
        return null;
    }

    @Override
    public final void close() {
        if (!closed) {
            closed = true;
            ledger.sweep();
        }
    }
}
