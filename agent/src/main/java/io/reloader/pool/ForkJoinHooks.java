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
    private final ForkJoinRolls rolls;

    ForkJoinHooks(ForkJoinKind kind) {
        this.kind = kind;
        tools = kind.tools();
        rolls = kind.rolls();
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
        ForkJoinRoll roll = rolls.find(pool);
        if (roll != null) {
            roll.started(worker);
        }
    }

    @Override
    public int idle(ForkJoinPool pool) {
        try {
            ForkJoinRoll roll = rolls.find(pool);
            return roll == null ? ReloaderForkJoinHooks.GO_ON : retire(roll);
        } catch (Throwable t) {
            // Out of stack or memory before anything was begun: the worker serves on.
            return ReloaderForkJoinHooks.GO_ON;
        }
    }

    private static int retire(ForkJoinRoll roll) {
        ForkJoinSlot slot = roll.slot(Thread.currentThread());
        return slot == null ? ReloaderForkJoinHooks.GO_ON : roll.retire(slot);
    }

    @Override
    public boolean leaves(ForkJoinPool pool) {
        return idle(pool) == ReloaderForkJoinHooks.LEAVE;
    }

    @Override
    public boolean pauses() {
        try {
            ForkJoinRoll roll = roll();
            ForkJoinSlot slot = roll == null ? null : roll.slot(Thread.currentThread());
            return roll != null && slot != null && roll.mayRetire(slot);
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
            ForkJoinRoll roll = roll();
            ForkJoinSlot slot = roll == null ? null : roll.slot(Thread.currentThread());
            return roll != null && slot != null && slot.unwinds && roll.retire(slot) == ReloaderForkJoinHooks.LEAVE;
        } catch (Throwable t) {
            return false;
        }
    }

    private @Nullable ForkJoinRoll roll() {
        return Thread.currentThread() instanceof ForkJoinWorkerThread worker
                ? rolls.find(kind.access().poolOf(worker))
                : null;
    }

    @Override
    public void left(ForkJoinWorkerThread worker) {
        try {
            ForkJoinRoll roll = rolls.find(kind.access().poolOf(worker));
            if (roll != null && Thread.currentThread() == worker) {
                roll.left(worker);
            }
        } catch (Throwable t) {
            // The control thread finds the dead thread.
            return;
        }
    }
}
