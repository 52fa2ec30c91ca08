// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.ReloaderForkJoinHooks;
import java.util.concurrent.ReloaderForkJoinRetirement;
import org.jspecify.annotations.Nullable;

/** The answers to woven code in fork-join pools. Called on their workers' threads; nothing escapes. */
final class ForkJoinHooks implements ReloaderForkJoinHooks.Handler {
    private final ForkJoinKind kind;
    private final Tools tools;
    private final Ledger<ForkJoinRoll> ledger;

    ForkJoinHooks(ForkJoinKind kind) {
        this.kind = kind;
        tools = kind.tools();
        ledger = kind.ledger();
    }

    @Override
    public void created(ForkJoinPool pool) {
        try {
            tools.registry().add(pool);
        } catch (Throwable t) {
            // Found by its threads, then.
            return;
        }
    }

    @Override
    public void started(ForkJoinPool pool) {
        try {
            if (Thread.currentThread() instanceof ForkJoinWorkerThread worker && !ForkJoinKind.carrier(worker)) {
                note(pool, worker);
            }
        } catch (Throwable t) {
            // Found by its thread, then.
            return;
        }
    }

    private void note(ForkJoinPool pool, ForkJoinWorkerThread worker) {
        kind.catches(worker);
        tools.threads().births().record(worker);
        tools.registry().add(pool);
        for (ForkJoinRoll roll : ledger.rolls()) {
            if (roll.pool() == pool) {
                roll.started(
                        worker,
                        kind.access().queueOf(worker),
                        tools.threads().access().id(worker));
                roll.arrived(worker);
            }
        }
        tools.lives().began(pool);
    }

    @Override
    public void ended(ForkJoinWorkerThread worker) {
        try {
            ForkJoinPool pool = kind.access().poolOf(worker);
            if (Thread.currentThread() == worker && pool != null && !ForkJoinKind.carrier(worker)) {
                tools.lives().left(pool);
            }
        } catch (Throwable t) {
            // Out of stack or memory: the thread ends all the same.
            return;
        }
    }

    @Override
    public int idle(ForkJoinPool pool) {
        try {
            ForkJoinSlot slot = slot();
            return slot == null
                    ? ReloaderForkJoinHooks.GO_ON
                    : slot.forkJoinRoll().retireIdle(slot);
        } catch (Throwable t) {
            // Out of stack or memory before anything was begun: the worker serves on.
            return ReloaderForkJoinHooks.GO_ON;
        }
    }

    private @Nullable ForkJoinSlot slot() {
        return (ForkJoinSlot) ledger.find(Thread.currentThread());
    }

    @Override
    public boolean leaves(ForkJoinPool pool) {
        try {
            ForkJoinSlot slot = slot();
            return slot != null && slot.forkJoinRoll().retire(slot) == ReloaderForkJoinHooks.LEAVE;
        } catch (Throwable t) {
            return false;
        }
    }

    @Override
    public boolean pauses() {
        try {
            ForkJoinSlot slot = slot();
            return slot != null && slot.forkJoinRoll().mayRetire(slot);
        } catch (Throwable t) {
            return false;
        }
    }

    @Override
    public void afterTask() {
        if (leavesByThrow()) {
            throw ReloaderForkJoinRetirement.RETIREMENT;
        }
    }

    private boolean leavesByThrow() {
        try {
            ForkJoinSlot slot = slot();
            return slot != null && slot.unwinds && slot.forkJoinRoll().retire(slot) == ReloaderForkJoinHooks.LEAVE;
        } catch (Throwable t) {
            return false;
        }
    }

    @Override
    public void left(ForkJoinWorkerThread worker) {
        try {
            if (Thread.currentThread() == worker) {
                leave(worker, kind.access().poolOf(worker));
            }
        } catch (Throwable t) {
            // The control thread finds the dead thread.
            return;
        }
    }

    private void leave(ForkJoinWorkerThread worker, ForkJoinPool pool) {
        for (ForkJoinRoll roll : ledger.rolls()) {
            if (roll.pool() == pool) {
                roll.left(worker, ledger.find(worker));
            }
        }
    }
}
