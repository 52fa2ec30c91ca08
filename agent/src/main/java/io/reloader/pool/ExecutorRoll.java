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

/** The roll of one executor. The control thread wakes idle workers; each worker replaces itself. */
final class ExecutorRoll implements PoolRoll {
    /** Long, as a pool that is passed over keeps the old code; short, as the control thread waits. */
    private static final long LOCK_MILLIS = 500;

    private final ExecutorKind kind;
    private final ExecutorAccess access;
    private final Object pool;
    private final Permits permits;
    /** Workers whose threads are older than the roll but began to run after it. Filled by those, emptied by control. */
    private final ConcurrentLinkedQueue<Slot> late = new ConcurrentLinkedQueue<>();

    private final Strays strays;
    private final IdleWaker waker;
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
    private int cursor;
    private long sampled;

    ExecutorRoll(ExecutorKind kind, Object pool, int batch) {
        this.kind = kind;
        this.access = kind.access();
        this.pool = pool;
        this.permits = new Permits(kind.ledger(), batch);
        this.strays = new Strays(kind);
        this.waker = new IdleWaker(access);
    }

    /** What the current thread, which is behind and without a task, shall do: true to leave. */
    boolean retire(Slot slot) {
        if (closed || trouble != null || permits.free() == 0 || access.heldBy(slot.worker, slot.thread)) {
            return false;
        }
        if (!kind.askedByGetTask() || !permits.take()) {
            return false;
        }
        // Closing reads the permits after it has set the flag, so one of the two sees the other.
        if (!closed && kind.transfer().make(slot)) {
            return true;
        }
        giveBack();
        return false;
    }

    /** The current thread is out of its pool. */
    void left(Slot slot) {
        boolean clear = slot.phase() == Slot.Phase.MOVED || (slot.woken && access.running(pool));
        gone(slot);
        if (clear) {
            // User code around the worker's run method must not see an interrupt that was meant for an idle worker.
            Thread.interrupted();
        }
    }

    /** The current thread, which may be a successor that is awaited here, asks for work. */
    void asks(Thread thread) {
        if (permits.awaits(thread) && kind.askedByGetTask()) {
            arrived(thread);
        }
    }

    /** The current thread, which may be a successor that is awaited here, is in its pool, or already leaves it. */
    void arrived(Thread thread) {
        if (permits.cease(thread)) {
            giveBack();
        }
    }

    /** A worker begins to run. */
    void started(Thread thread, Object worker, long id) {
        if (!closed && id <= lastOldThread && kind.ledger().find(thread) == null) {
            late.add(new Slot(this, thread, worker, Slot.Phase.BEHIND));
            kind.wake();
        }
    }

    /** Makes a worker that is in no books leave without touching them. */
    void expel(Thread thread, Object worker) {
        strays.expel(new Slot(this, thread, worker, Slot.Phase.MOVED));
    }

    /** Whatever fails once would fail for every worker: the factory is asked once, not in a loop. */
    void stop(String reason) {
        trouble = reason;
    }

    private void gone(Slot slot) {
        slot.enter(Slot.Phase.GONE);
        lastGone = System.nanoTime();
        moved();
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

    Permits permits() {
        return permits;
    }

    /** All that {@link Ledger#find} must find. */
    List<Slot> slots() {
        List<Slot> all = new ArrayList<>(List.of(slots));
        strays.slots().forEach(all::add);
        return all;
    }

    boolean closed() {
        return closed;
    }

    /** Whether nobody is on the way out or in, expelled workers included. */
    boolean still() {
        return strays.gone() && settled();
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

    void reopen() {
        closed = false;
    }

    /** Every worker that lives now is behind. Again, if the roll was under way: then those it knows stay in it. */
    void begin(long last) {
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
        if (access.tryMainLock(pool, LOCK_MILLIS)) {
            try {
                addOthers(all, known);
            } finally {
                access.mainLock(pool).unlock();
            }
        } else {
            trouble = "its lock is held by another thread";
        }
        slots = all.toArray(new Slot[0]);
        workers = all.size();
        swept = 0;
    }

    private void addOthers(List<Slot> all, IdentityHashMap<Thread, Slot> known) {
        for (Object worker : access.workers(pool)) {
            Thread thread = access.thread(worker);
            if (thread != null && !known.containsKey(thread)) {
                all.add(new Slot(this, thread, worker, Slot.Phase.BEHIND));
            }
        }
    }

    @Override
    public void advance() {
        admitLate();
        reap();
        if (closed || trouble != null) {
            return;
        }
        sample();
        int free = permits.free();
        if (free > 0 && access.running(pool)) {
            cursor = waker.wake(pool, slots, cursor, free);
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
        kind.ledger().sweep();
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
            kind.ledger().sweep();
        }
    }

    private void sample() {
        long now = System.nanoTime();
        if (now - sampled < TimeUnit.MILLISECONDS.toNanos(10)) {
            return;
        }
        sampled = now;
        for (Slot slot : slots) {
            long completed = access.workerCompleted(slot.worker);
            if (!access.heldBy(slot.worker, slot.thread)) {
                slot.busySince = 0;
            } else if (slot.busySince == 0 || slot.completedThen != completed) {
                slot.busySince = now;
                slot.completedThen = completed;
            }
        }
    }

    @Override
    public boolean finished() {
        return late.isEmpty() && settled() && (trouble != null || rolled() == workers);
    }

    @Override
    public int workers() {
        return workers;
    }

    @Override
    public int rolled() {
        int gone = swept;
        for (Slot slot : slots) {
            gone += slot.phase() == Slot.Phase.GONE ? 1 : 0;
        }
        return gone;
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
    public void close() {
        if (!closed) {
            closed = true;
            kind.ledger().sweep();
        }
    }
}
