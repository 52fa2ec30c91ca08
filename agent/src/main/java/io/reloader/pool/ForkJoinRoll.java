// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.ReloaderForkJoinHooks;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The roll of one fork-join pool. The control thread wakes waiting workers; each worker replaces itself. */
final class ForkJoinRoll implements PoolRoll {
    /** How long a woken worker may take to come by before another is woken in its stead. */
    private static final long WAKING = TimeUnit.MILLISECONDS.toNanos(2);

    private final ForkJoinKind kind;
    private final ForkJoinAccess access;
    private final ForkJoinPool pool;
    private final Permits permits;

    /** Never changed once published; identity, because threads may override equals. Written under the monitor. */
    private volatile IdentityHashMap<Thread, ForkJoinSlot> slots = new IdentityHashMap<>();

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

    ForkJoinRoll(ForkJoinKind kind, ForkJoinPool pool) {
        this.kind = kind;
        this.access = kind.access();
        this.pool = pool;
        Tools tools = kind.tools();
        permits = new Permits(tools.threads().ledger(), tools.batch());
    }

    @Nullable
    ForkJoinSlot slot(Thread thread) {
        return slots.get(thread);
    }

    /** What the current thread, which is or was behind, is awake and holds no task, shall do. */
    int retire(ForkJoinSlot slot) {
        slot.wokenAt = 0;
        if (slot.phase == Slot.Phase.MOVED) {
            return leave(slot);
        }
        if (!mayRetire(slot) || access.queued(slot.queue) > 0 || !permits.take()) {
            return ReloaderForkJoinHooks.GO_ON;
        }
        // Closing reads the permits after it has set the flag, so one of the two sees the other.
        if (!closed && kind.transfer().make(this, slot)) {
            return leave(slot);
        }
        giveBack();
        return ReloaderForkJoinHooks.LOOK_AGAIN;
    }

    boolean mayRetire(ForkJoinSlot slot) {
        return slot.phase == Slot.Phase.BEHIND
                && !closed
                && trouble == null
                && permits.free() > 0
                && access.running(pool);
    }

    /** Tasks in its own queue would be cancelled, or forgotten: those that the thread factory forked are run first. */
    private int leave(ForkJoinSlot slot) {
        if (access.queued(slot.queue) > 0) {
            return ReloaderForkJoinHooks.LOOK_AGAIN;
        }
        access.drop(slot.queue);
        return ReloaderForkJoinHooks.LEAVE;
    }

    /** The current thread, which may be a successor that is awaited here, begins to look for tasks. */
    void started(ForkJoinWorkerThread thread) {
        if (!closed && kind.tools().threads().access().id(thread) <= lastOldThread) {
            admit(thread);
            kind.tools().wake().run();
        }
        if (permits.cease(thread)) {
            giveBack();
        }
    }

    /** The current thread is out of its pool, replaced or by itself. */
    void left(ForkJoinWorkerThread thread) {
        ForkJoinSlot slot = slot(thread);
        if (slot != null) {
            gone(slot);
        }
        if (permits.cease(thread)) {
            // It never began to look for tasks: its onStart threw.
            stop("its new thread ended without running");
            giveBack();
        }
    }

    /** Whatever fails once would fail for every worker: the factory is asked once, not in a loop. */
    void stop(String reason) {
        trouble = reason;
    }

    private void gone(ForkJoinSlot slot) {
        slot.phase = Slot.Phase.GONE;
        lastGone = System.nanoTime();
        moved();
    }

    private void giveBack() {
        permits.giveBack();
        moved();
    }

    private void moved() {
        if (closed) {
            kind.rolls().sweep();
        }
        kind.tools().wake().run();
    }

    private synchronized void admit(ForkJoinWorkerThread thread) {
        if (!slots.containsKey(thread)) {
            IdentityHashMap<Thread, ForkJoinSlot> more = new IdentityHashMap<>(slots);
            more.put(thread, kind.slot(thread));
            slots = more;
        }
    }

    @Override
    public Object pool() {
        return pool;
    }

    ForkJoinPool forkJoinPool() {
        return pool;
    }

    Permits permits() {
        return permits;
    }

    boolean closed() {
        return closed;
    }

    void reopen() {
        closed = false;
    }

    /** Whether nobody is on the way out or in. */
    boolean settled() {
        if (!permits.allFree()) {
            return false;
        }
        for (ForkJoinSlot slot : slots.values()) {
            if (slot.onTheWay()) {
                return false;
            }
        }
        return true;
    }

    /** Every worker that lives now is behind. Again, if the roll was under way: then those it knows stay in it. */
    void begin(long last) {
        begun = System.nanoTime();
        lastGone = begun;
        trouble = null;
        synchronized (this) {
            IdentityHashMap<Thread, ForkJoinSlot> known = new IdentityHashMap<>(slots);
            known.values().removeIf(ForkJoinSlot::gone);
            slots = known;
        }
        lastOldThread = last;
        for (Object queue : kind.workers(pool)) {
            ForkJoinWorkerThread thread = access.owner(queue);
            if (thread != null && kind.tools().threads().access().id(thread) <= last) {
                admit(thread);
            }
        }
    }

    @Override
    public void advance() {
        reap();
        if (closed || trouble != null) {
            return;
        }
        sample();
        rouse();
        int free = permits.free() - onTheirWay();
        if (free > 0 && access.running(pool)) {
            // Successors pile up above those that are behind. The more there are, the more of the latter are woken at
            // once: those that get no permit wait on top of the pile. One by one, a pool of n would wake n * n / 2.
            wake(free + (int) Math.sqrt(rolled()));
        }
    }

    private void wake(int count) {
        long now = System.nanoTime();
        kind.waker().wake(pool, count, queue -> {
            ForkJoinSlot slot = behind(queue);
            if (slot != null) {
                slot.wokenAt = now;
            }
            return slot != null;
        });
    }

    private @Nullable ForkJoinSlot behind(Object queue) {
        Thread owner = access.owner(queue);
        ForkJoinSlot slot = owner == null ? null : slot(owner);
        return slot != null && slot.phase == Slot.Phase.BEHIND ? slot : null;
    }

    /** How many have been woken and may come by at any moment. */
    private int onTheirWay() {
        long now = System.nanoTime();
        int count = 0;
        for (ForkJoinSlot slot : slots.values()) {
            long woken = slot.wokenAt;
            if (woken != 0 && slot.phase == Slot.Phase.BEHIND && now - woken < WAKING) {
                count++;
            }
        }
        return count;
    }

    /**
     * Wakes a worker if there is a task and a worker that waits. While woken workers are on their way to wait again
     * there are as many awake as the pool wants, so that a task that comes in just then signals nobody.
     */
    private void rouse() {
        @Nullable Object[] queues = access.queues(pool);
        for (int i = 0; queues != null && i < queues.length; i++) {
            Object queue = queues[i];
            if (queue != null && access.queued(queue) > 0) {
                kind.waker().wake(pool, 1, any -> true);
                return;
            }
        }
    }

    /** Finds threads that died without a word. */
    private void reap() {
        Thread stillborn = permits.stillborn();
        if (stillborn != null && permits.cease(stillborn)) {
            stop("its new thread ended without running");
            giveBack();
        }
        for (ForkJoinSlot slot : slots.values()) {
            if (!slot.gone() && slot.thread.getState() == Thread.State.TERMINATED) {
                gone(slot);
            }
        }
    }

    private void sample() {
        long now = System.nanoTime();
        if (now - sampled < TimeUnit.MILLISECONDS.toNanos(10)) {
            return;
        }
        sampled = now;
        for (ForkJoinSlot slot : slots.values()) {
            int taken = access.steals(slot.queue);
            if (access.idle(slot.queue)) {
                slot.busySince = 0;
            } else if (slot.busySince == 0 || slot.takenThen != taken) {
                slot.busySince = now;
                slot.takenThen = taken;
            }
        }
    }

    @Override
    public boolean finished() {
        return settled() && (trouble != null || rolled() == workers());
    }

    @Override
    public int workers() {
        return slots.size();
    }

    @Override
    public int rolled() {
        int gone = 0;
        for (ForkJoinSlot slot : slots.values()) {
            gone += slot.gone() ? 1 : 0;
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
        List<ForkJoinSlot> rest = new ArrayList<>(slots.values());
        rest.removeIf(ForkJoinSlot::gone);
        rest.sort(Comparator.comparingLong(slot -> slot.busySince == 0 ? Long.MAX_VALUE : slot.busySince - begun));
        List<Thread> threads = new ArrayList<>();
        for (ForkJoinSlot slot : rest) {
            threads.add(slot.thread);
        }
        return threads;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            rouse();
            kind.rolls().sweep();
        }
    }
}
