// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.concurrent.ReloaderEnhancedQueueHooks;
import org.jspecify.annotations.Nullable;

/** The answers to code woven into EnhancedQueueExecutor. Called on the host's threads, inside its pools. */
final class EnhancedQueueHooks implements ReloaderEnhancedQueueHooks.Handler {
    private final Tools tools;
    private final Ledger<EnhancedQueueRoll> ledger;
    private final Kinds kinds;

    EnhancedQueueHooks(Tools tools, Ledger<EnhancedQueueRoll> ledger, Kinds kinds) {
        this.tools = tools;
        this.ledger = ledger;
        this.kinds = kinds;
    }

    @Override
    public @Nullable Object end() {
        Thread me = Thread.currentThread();
        if (ledger.awaitsAny()) {
            for (EnhancedQueueRoll roll : ledger.rolls()) {
                roll.arrived(me);
            }
        }
        Slot slot = ledger.find(me);
        if (slot == null) {
            return null;
        }
        try {
            EnhancedQueueRoll roll = EnhancedQueueRoll.of(slot);
            boolean leaves =
                    slot.phase() == Slot.Phase.MOVED || (slot.phase() == Slot.Phase.BEHIND && roll.retireLooking(slot));
            return leaves ? roll.access().end() : null;
        } catch (Throwable t) {
            // Out of stack or memory before anything was begun: the worker serves on.
            return null;
        }
    }

    @Override
    public Runnable task(Object node, Runnable task) {
        Slot slot = ledger.find(Thread.currentThread());
        if (slot == null || slot.phase() != Slot.Phase.BEHIND) {
            return task;
        }
        EnhancedQueueRoll roll = EnhancedQueueRoll.of(slot);
        try {
            return roll.access().isWaiting(task) ? roll.retireWaiting(slot, node, task) : task;
        } catch (Throwable t) {
            return task;
        }
    }

    @Override
    public void rests() {
        Slot slot = ledger.find(Thread.currentThread());
        try {
            if (slot != null && slot.phase() == Slot.Phase.BEHIND) {
                boolean ignored = EnhancedQueueRoll.of(slot).retireResting(slot);
            }
        } catch (Throwable t) {
            // It serves on.
            return;
        }
    }

    @Override
    public boolean skipsDecrement() {
        Slot slot = ledger.find(Thread.currentThread());
        if (slot == null || slot.phase() != Slot.Phase.MOVED) {
            return false;
        }
        try {
            slot.roll.gone(slot);
        } catch (Throwable t) {
            // The control thread finds the dead thread.
            return true;
        }
        return true;
    }

    @Override
    public void created(Object pool) {
        try {
            tools.registry().add(pool);
        } catch (Throwable t) {
            // Found by its threads, then.
            return;
        }
    }

    @Override
    public void started(Object body) {
        try {
            note(body);
        } catch (Throwable t) {
            // Found by its thread, then.
            return;
        }
    }

    private void note(Object body) {
        Thread me = Thread.currentThread();
        PoolKind kind = kinds.of(body);
        Object pool = kind == null ? null : kind.poolOf(body, me);
        if (pool == null) {
            return;
        }
        tools.threads().births().record(me);
        tools.registry().add(pool);
        for (EnhancedQueueRoll roll : ledger.rolls()) {
            if (roll.pool() == pool) {
                roll.started(me, me, tools.threads().access().id(me));
            }
        }
        tools.lives().began(pool);
    }

    @Override
    public void ended(Object body) {
        try {
            PoolKind kind = kinds.of(body);
            Object pool = kind == null ? null : kind.poolOf(body, Thread.currentThread());
            if (pool != null) {
                tools.lives().left(pool);
            }
        } catch (Throwable t) {
            // Out of stack or memory: the thread ends all the same.
            return;
        }
    }
}
