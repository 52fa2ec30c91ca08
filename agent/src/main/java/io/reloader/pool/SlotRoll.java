// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The books of one pool's roll: who is behind, on the way, or gone. The control thread advances; workers move. */
abstract class SlotRoll implements PoolRoll {
    private final Ledger<?> ledger;
    private final Runnable wake;
    private final Object pool;
    private final Permits permits;
    private final Roster roster = new Roster();

    /** Filled by workers and by the control thread, emptied by that. */
    private final Queue<Departure> departures = new ConcurrentLinkedQueue<>();

    /** The highest id of a thread that is behind. Written by the control thread. */
    private volatile long lastOldThread;
    /** Written by the worker that failed. */
    private volatile @Nullable String trouble;
    /** Written by the control thread. */
    private volatile boolean closed;
    /** Written by the worker that left last. */
    private volatile long lastGone;

    // Control thread only.
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

    /** The place of a worker that is behind. */
    Slot slot(Thread thread, Object worker) {
        return new Slot(this, thread, worker, Slot.Phase.BEHIND);
    }

    /** Makes up to this many of the idle workers that are behind ask for work anew. */
    abstract void wakeIdle(Slot[] all, int count);

    /** Whether the pool has not been shut down. */
    abstract boolean running();

    /** Why no worker can be replaced, or null. */
    @Nullable
    String unfit() {
        return null;
    }

    /** Called before all workers are looked at. */
    void sampling() {}

    /** Whether it holds a unit of work. */
    abstract boolean busy(Slot slot);

    /** How many units of work it has completed, or what else tells one from the next, if that is known. */
    long completed(Slot slot) {
        return 0;
    }

    /** When the unit of work began that is seen now for the first time, by {@link System#nanoTime}, if that is known. */
    long begin(Slot slot, long now) {
        return now;
    }

    /** Whether it keeps its thread, and so is not waited for. */
    boolean pinned(Slot slot) {
        return false;
    }

    /** Called at each advance, even of a roll in trouble, and when the roll is closed. */
    void tend() {}

    /** Workers that are in no books of their pool. */
    Iterable<Slot> strays() {
        return List.of();
    }

    /** Whether nothing of its own keeps a closed roll in the ledger. */
    boolean atRest() {
        return true;
    }

    /** Whether nothing of its own keeps the roll from being finished. */
    boolean over() {
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
            roster.announce(slot(thread, worker));
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
        departures.add(new Departure(slot.thread.getName(), lastGone - begun));
        moved();
    }

    /** A permit is free again. */
    void freed() {}

    final void giveBack() {
        permits.giveBack();
        freed();
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

    /** The highest id of a thread that is behind. */
    final long lastOldThread() {
        return lastOldThread;
    }

    /** All that {@link Ledger#find} must find. */
    final List<Slot> slots() {
        List<Slot> all = new ArrayList<>(List.of(roster.slots()));
        strays().forEach(all::add);
        return all;
    }

    final boolean closed() {
        return closed;
    }

    /** Whether nobody is on the way out or in, expelled workers included. */
    final boolean still() {
        return atRest() && settled();
    }

    private boolean settled() {
        return permits.allFree() && roster.settled();
    }

    final void reopen() {
        closed = false;
    }

    /** Every worker that lives now is behind. Again, if the roll was under way: then those it knows stay in it. */
    final void begin(long last) {
        begun = System.nanoTime();
        lastGone = begun;
        trouble = unfit();
        lastOldThread = last;
        roster.begin(all());
    }

    @Override
    public final void advance() {
        if (roster.admit()) {
            ledger.sweep();
        }
        tend();
        reap();
        if (stopped()) {
            return;
        }
        sample();
        int free = permits.free();
        if (free > 0 && running()) {
            wakeIdle(roster.slots(), free);
        }
    }

    /** Finds threads that died without a word, and lets go of dead ones. */
    private void reap() {
        Thread stillborn = permits.stillborn();
        if (stillborn != null && permits.cease(stillborn)) {
            if (running()) {
                stop("its new thread ended without running");
            }
            giveBack();
        }
        for (Slot slot : roster.slots()) {
            if (slot.phase() != Slot.Phase.GONE && slot.thread.getState() == Thread.State.TERMINATED) {
                gone(slot);
            }
        }
        if (roster.sweep()) {
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
        for (Slot slot : roster.slots()) {
            long completed = completed(slot);
            if (!busy(slot)) {
                slot.busySince = 0;
            } else if (slot.busySince == 0 || slot.completedThen != completed) {
                slot.busySince = begin(slot, now);
                slot.completedThen = completed;
            }
        }
    }

    @Override
    public final List<Departure> departures() {
        List<Departure> all = new ArrayList<>();
        for (Departure each = departures.poll(); each != null; each = departures.poll()) {
            all.add(each);
        }
        return all;
    }

    @Override
    public final boolean finished() {
        return roster.awaitsNobody()
                && settled()
                && (trouble != null || waitedFor().isEmpty())
                && over();
    }

    @Override
    public final int workers() {
        return roster.workers();
    }

    @Override
    public final int rolled() {
        return roster.gone();
    }

    @Override
    public final long nanos() {
        return lastGone - begun;
    }

    @Override
    public final Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    private List<Slot> waitedFor() {
        List<Slot> rest = roster.rest();
        rest.removeIf(this::pinned);
        return rest;
    }

    @Override
    public final List<Thread> behind() {
        List<Slot> rest = waitedFor();
        rest.sort(Comparator.comparingLong(slot -> slot.busySince == 0 ? Long.MAX_VALUE : slot.busySince - begun));
        List<Thread> threads = new ArrayList<>();
        for (Slot slot : rest) {
            threads.add(slot.thread);
        }
        return threads;
    }

    @Override
    public final long age(Thread behind) {
        Slot slot = roster.find(behind);
        return slot == null || slot.busySince == 0 ? 0 : System.nanoTime() - slot.busySince;
    }

    @Override
    public final boolean interrupt(Thread behind) {
        Slot slot = roster.find(behind);
        if (slot == null) {
            return false;
        }
        // Under the monitor, so that it reaches neither the factory nor the thread's way out.
        synchronized (slot) {
            sampling();
            return slot.phase() == Slot.Phase.BEHIND && interrupt(slot);
        }
    }

    /** Interrupts it if it holds a unit of work; under its monitor. */
    boolean interrupt(Slot slot) {
        if (!busy(slot)) {
            return false;
        }
        slot.thread.interrupt();
        return true;
    }

    @Override
    public final void close() {
        if (!closed) {
            closed = true;
            tend();
            ledger.sweep();
        }
    }
}
