// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ReloaderHooks;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** The answers to woven code. Called on the host's threads, inside its pools; nothing escapes. */
final class PoolHooks implements ReloaderHooks.Handler {
    private static final int SHUTDOWN = 0;
    private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long PAUSE = TimeUnit.MICROSECONDS.toNanos(20);

    private final Threads threads;
    private final Registry registry;
    private final Kinds kinds;
    private final Consumer<Object> signals;
    private final Lives lives;

    PoolHooks(Threads threads, Registry registry, Kinds kinds, Consumer<Object> signals, Lives lives) {
        this.threads = threads;
        this.registry = registry;
        this.kinds = kinds;
        this.signals = signals;
        this.lives = lives;
    }

    @Override
    public boolean retires(int runState) {
        try {
            return leaves(runState);
        } catch (Throwable t) {
            // Out of stack or memory before anything was begun: the worker serves on.
            return false;
        }
    }

    private boolean leaves(int runState) {
        Ledger<ExecutorRoll> ledger = threads.ledger();
        Thread me = Thread.currentThread();
        if (runState == SHUTDOWN && ledger.awaitsAny()) {
            for (ExecutorRoll roll : ledger.rolls()) {
                roll.asks(me);
            }
        }
        Slot slot = ledger.find(me);
        if (slot == null) {
            return false;
        }
        Slot.Phase phase = slot.phase();
        return phase == Slot.Phase.MOVED
                || (phase == Slot.Phase.BEHIND
                        && runState == SHUTDOWN
                        && ExecutorRoll.of(slot).retire(slot));
    }

    @Override
    public boolean skipsDecrement() {
        Slot slot = threads.ledger().find(Thread.currentThread());
        return slot != null && slot.phase() == Slot.Phase.MOVED;
    }

    @Override
    public boolean skipsExit(Object worker) {
        Ledger<ExecutorRoll> ledger = threads.ledger();
        Thread me = Thread.currentThread();
        if (ledger.awaitsAny()) {
            // In a pool that is shut down a successor leaves without having been asked.
            for (ExecutorRoll roll : ledger.rolls()) {
                roll.arrived(me);
            }
        }
        Slot slot = ledger.find(me);
        if (slot == null || slot.worker != worker) {
            return false;
        }
        boolean moved = slot.phase() == Slot.Phase.MOVED;
        try {
            ExecutorRoll.of(slot).left(slot);
        } catch (Throwable t) {
            // The control thread finds the dead thread.
            return moved;
        }
        return moved;
    }

    @Override
    public boolean places(Object pool, Runnable task) {
        for (ExecutorRoll roll : threads.ledger().rolls()) {
            if (roll.pool() == pool && roll.permits().gapOpen()) {
                return placed(roll, task);
            }
        }
        return false;
    }

    private static boolean placed(ExecutorRoll roll, Runnable task) {
        try {
            return place(roll, task);
        } catch (Throwable t) {
            // A queue of the application's own refuses in its way: so does the pool.
            return false;
        }
    }

    /** As execute() would, had the leaving worker been there. */
    private static boolean place(ExecutorRoll roll, Runnable task) {
        ExecutorAccess access = roll.access();
        Object pool = roll.pool();
        BlockingQueue<Runnable> queue = access.queue(pool);
        long start = System.nanoTime();
        do {
            if (!access.running(pool)) {
                return false;
            }
            if (queue.offer(task)) {
                if (!access.running(pool) && access.remove(pool, task)) {
                    return false;
                }
                if (access.workerCount(pool) == 0) {
                    access.ensurePrestart(pool);
                }
                return true;
            }
            LockSupport.parkNanos(PAUSE);
        } while (roll.permits().gapOpen() && System.nanoTime() - start < PATIENCE);
        return false;
    }

    @Override
    public void created(Object pool) {
        try {
            registry.add(pool);
        } catch (Throwable t) {
            // Found by its threads, then.
            return;
        }
    }

    @Override
    public void started(Object worker) {
        try {
            note(worker);
        } catch (Throwable t) {
            // Found by its thread, then.
            return;
        }
    }

    private void note(Object worker) {
        Thread me = Thread.currentThread();
        PoolKind kind = kinds.of(worker);
        Object pool = kind == null ? null : kind.poolOf(worker, me);
        if (pool == null) {
            return;
        }
        threads.births().record(me);
        registry.add(pool);
        for (ExecutorRoll roll : threads.ledger().rolls()) {
            if (roll.pool() == pool) {
                roll.started(me, worker, threads.access().id(me));
            }
        }
        lives.began(pool);
    }

    @Override
    public void ended(Object worker) {
        try {
            PoolKind kind = kinds.of(worker);
            Object pool = kind == null ? null : kind.poolOf(worker, Thread.currentThread());
            if (pool != null) {
                lives.left(pool);
            }
        } catch (Throwable t) {
            // Out of stack or memory: the thread ends all the same.
            return;
        }
    }

    @Override
    public void signalRegistered(Object signal) {
        try {
            signals.accept(signal);
        } catch (Throwable t) {
            // Not worth the caller's registration.
            return;
        }
    }
}
