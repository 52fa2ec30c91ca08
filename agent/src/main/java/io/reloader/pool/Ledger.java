// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who is behind, over all rolls of pools with the same hooks. Asked by every worker for every task while a roll is
 * under way; changed by the control thread, and by the last worker that leaves a closed roll.
 */
final class Ledger<R extends SlotRoll> {
    private final Switch hooks;
    /** How many successors are on their way in; raised and lowered by workers. */
    private final AtomicInteger awaited = new AtomicInteger();

    /** Never changed once published; identity, because threads may override equals. Written under the monitor. */
    private volatile IdentityHashMap<Thread, Slot> slots = new IdentityHashMap<>();

    /** Never changed once published. Written under the monitor. */
    private volatile List<R> rolls = List.of();

    /** Where woven code reads whether a roll is under way. */
    interface Switch {
        void set(boolean rolling);
    }

    Ledger(Switch hooks) {
        this.hooks = hooks;
    }

    @Nullable
    Slot find(Thread thread) {
        return slots.get(thread);
    }

    List<R> rolls() {
        return rolls;
    }

    boolean awaitsAny() {
        return awaited.get() != 0;
    }

    void awaited(int more) {
        awaited.addAndGet(more);
    }

    /**
     * Puts every worker of the pool behind. A thread must never be in two rolls, so a roll of this pool that is open, or
     * closed with workers still on their way, is begun anew.
     */
    R begin(Object pool, Supplier<R> fresh, long lastOldThread) {
        R former = reopen(pool);
        R roll = former == null ? fresh.get() : former;
        // Before it is begun too: or a worker that starts just then is met neither there nor here.
        publish(roll);
        roll.begin(lastOldThread);
        publish(roll);
        return roll;
    }

    private synchronized @Nullable R reopen(Object pool) {
        for (R each : rolls) {
            if (each.pool() == pool) {
                each.reopen();
                return each;
            }
        }
        return null;
    }

    private synchronized void publish(R roll) {
        List<R> all = new ArrayList<>(rolls);
        if (!all.contains(roll)) {
            all.add(roll);
        }
        publish(all);
    }

    /** Forgets closed rolls from which nobody is on the way, and slots that are empty. */
    synchronized void sweep() {
        List<R> open = new ArrayList<>();
        for (R each : rolls) {
            if (!each.closed() || !each.still()) {
                open.add(each);
            }
        }
        publish(open);
    }

    private void publish(List<R> open) {
        IdentityHashMap<Thread, Slot> behind = new IdentityHashMap<>();
        for (R roll : open) {
            for (Slot slot : roll.slots()) {
                if (slot.phase() != Slot.Phase.GONE) {
                    behind.put(slot.thread, slot);
                }
            }
        }
        rolls = List.copyOf(open);
        slots = behind;
        // Off only when nobody is under way: a thread that has moved must be asked until it is out.
        hooks.set(!open.isEmpty());
    }
}
