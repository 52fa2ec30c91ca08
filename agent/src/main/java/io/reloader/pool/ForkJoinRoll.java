// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.ReloaderForkJoinHooks;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The roll of one fork-join pool. The control thread wakes waiting workers; each worker replaces itself. */
final class ForkJoinRoll extends SlotRoll {
    /** How long a woken worker may take to come by before another is woken in its stead. */
    private static final long WAKING = TimeUnit.MILLISECONDS.toNanos(2);

    /** How long a worker waits for a permit before it looks for tasks again. */
    private static final long TURN = TimeUnit.MILLISECONDS.toNanos(20);

    /** How many workers are woken at once at most, to wait for their permits. */
    private static final int MOST_AWAKE = 64;

    private final ForkJoinKind kind;
    private final ForkJoinAccess access;
    private final ForkJoinPool pool;
    /** Woken workers that wait for a permit. Filled by them; emptied by them and by whoever gives one back. */
    private final Queue<Thread> turns = new ConcurrentLinkedQueue<>();

    ForkJoinRoll(ForkJoinKind kind, ForkJoinPool pool) {
        super(pool, kind.ledger(), kind.tools().wake(), kind.tools().batch());
        this.kind = kind;
        this.access = kind.access();
        this.pool = pool;
    }

    ForkJoinPool forkJoinPool() {
        return pool;
    }

    /**
     * The same where the worker would wait for a task. One that was woken to leave waits for its permit here: back on
     * top of the pool's stack it would hide the others. It counts as awake, so it must look for tasks when there are any.
     */
    int retireIdle(ForkJoinSlot slot) {
        int verdict = retire(slot);
        if (verdict != ReloaderForkJoinHooks.GO_ON || slot.wokenAt == 0 || !awaitsPermit(slot)) {
            slot.wokenAt = 0;
            return verdict;
        }
        turns.add(slot.thread);
        if (permits().free() == 0) {
            // The pool itself would clear the flag before the worker waits.
            boolean ignored = Thread.interrupted();
            LockSupport.parkNanos(TURN);
        }
        turns.remove(slot.thread);
        slot.wokenAt = System.nanoTime();
        return ReloaderForkJoinHooks.LOOK_AGAIN;
    }

    private boolean awaitsPermit(ForkJoinSlot slot) {
        return slot.phase() == Slot.Phase.BEHIND && !stopped() && running() && access.queued(slot.worker) == 0;
    }

    /** What the current thread, which is or was behind, is awake and holds no task, shall do. */
    int retire(ForkJoinSlot slot) {
        if (slot.phase() == Slot.Phase.MOVED) {
            return leave(slot);
        }
        if (!mayRetire(slot) || access.queued(slot.worker) > 0 || !permits().take()) {
            return ReloaderForkJoinHooks.GO_ON;
        }
        // Closing reads the permits after it has set the flag, so one of the two sees the other.
        if (!stopped() && kind.transfer().make(this, slot)) {
            return leave(slot);
        }
        giveBack();
        return ReloaderForkJoinHooks.LOOK_AGAIN;
    }

    boolean mayRetire(ForkJoinSlot slot) {
        return slot.phase() == Slot.Phase.BEHIND && open() && running();
    }

    /** Tasks in its own queue would be cancelled, or forgotten: those that the thread factory forked are run first. */
    private int leave(ForkJoinSlot slot) {
        if (access.queued(slot.worker) > 0) {
            return ReloaderForkJoinHooks.LOOK_AGAIN;
        }
        access.drop(slot.worker);
        return ReloaderForkJoinHooks.LEAVE;
    }

    /** The current thread is out of its pool, replaced or by itself; null if it was not behind. */
    void left(ForkJoinWorkerThread thread, @Nullable Slot slot) {
        if (slot != null) {
            gone(slot);
        }
        if (permits().cease(thread)) {
            // It never began to look for tasks: its onStart threw.
            stop("its new thread ended without running");
            giveBack();
        }
    }

    @Override
    List<Slot> all() {
        List<Slot> all = new ArrayList<>();
        for (Object queue : kind.workers(pool)) {
            ForkJoinWorkerThread thread = access.owner(queue);
            if (thread != null && kind.tools().threads().access().id(thread) <= lastOldThread()) {
                all.add(slot(thread, queue));
            }
        }
        return all;
    }

    @Override
    Slot slot(Thread thread, Object queue) {
        return new ForkJoinSlot(this, (ForkJoinWorkerThread) thread, queue, kind.unwinds(thread));
    }

    @Override
    void wakeIdle(Slot[] all, int count) {
        int free = count - onTheirWay(all);
        if (free > 0) {
            // Successors pile up above those that are behind, and each wake means to wake all of the pile: one by one,
            // a
            // pool of n would wake n * n / 2. Not more than the pile, which serves while they wait.
            wake(Math.max(free, Math.min(rolled(), MOST_AWAKE)));
        }
    }

    @Override
    void freed() {
        Thread next = turns.poll();
        if (next != null) {
            LockSupport.unpark(next);
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
        Slot slot = owner == null ? null : kind.ledger().find(owner);
        return slot != null && slot.roll == this && slot.phase() == Slot.Phase.BEHIND ? (ForkJoinSlot) slot : null;
    }

    /** How many have been woken and may come by at any moment. */
    private static int onTheirWay(Slot[] all) {
        long now = System.nanoTime();
        int count = 0;
        for (Slot slot : all) {
            long woken = ((ForkJoinSlot) slot).wokenAt;
            if (woken != 0 && slot.phase() == Slot.Phase.BEHIND && now - woken < WAKING) {
                count++;
            }
        }
        return count;
    }

    /**
     * Wakes a worker if there is a task and a worker that waits. While woken workers are on their way to wait again
     * there are as many awake as the pool wants, so that a task that comes in just then signals nobody.
     */
    @Override
    void tend() {
        @Nullable Object[] queues = access.queues(pool);
        for (int i = 0; queues != null && i < queues.length; i++) {
            Object queue = queues[i];
            if (queue != null && access.queued(queue) > 0) {
                turns.forEach(LockSupport::unpark);
                kind.waker().wake(pool, 1, any -> true);
                return;
            }
        }
    }

    @Override
    boolean running() {
        return access.running(pool);
    }

    @Override
    boolean busy(Slot slot) {
        return !access.idle(slot.worker);
    }

    @Override
    long completed(Slot slot) {
        return access.steals(slot.worker);
    }
}
