// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.ReloaderJettyHooks;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Which workers of Jetty's pools are behind, over all rolls. Asked by workers for every job while a roll is under way;
 * changed by the control thread, and by the last worker that leaves a closed roll.
 */
final class JettyLedger {
    /** Never changed once published; identity, because threads may override equals. Written under the monitor. */
    private volatile IdentityHashMap<Thread, JettySlot> slots = new IdentityHashMap<>();

    /** Never changed once published. Written under the monitor. */
    private volatile List<JettyRoll> rolls = List.of();

    /** How many jobs were begun since it was first asked, over all pools; raised by workers. */
    private final LongAdder begun = new LongAdder();

    /** Written by the control thread. */
    private volatile boolean counting;

    /** From now on workers count: what they did before, nobody can tell. */
    synchronized long begun() {
        if (!counting) {
            counting = true;
            ReloaderJettyHooks.rolling = true;
        }
        return begun.sum();
    }

    void countJob() {
        if (counting) {
            begun.increment();
        }
    }

    @Nullable
    JettySlot find(Thread thread) {
        return slots.get(thread);
    }

    List<JettyRoll> rolls() {
        return rolls;
    }

    /** As {@link Ledger#reopen}. */
    synchronized @Nullable JettyRoll reopen(Object pool) {
        for (JettyRoll each : rolls) {
            if (each.pool() == pool) {
                each.reopen();
                return each;
            }
        }
        return null;
    }

    synchronized void publish(JettyRoll roll) {
        List<JettyRoll> all = new ArrayList<>(rolls);
        if (!all.contains(roll)) {
            all.add(roll);
        }
        publish(all);
    }

    /** Forgets closed rolls from which nobody is on the way, and slots that are empty. */
    synchronized void sweep() {
        List<JettyRoll> open = new ArrayList<>();
        for (JettyRoll each : rolls) {
            if (!each.closed() || !each.still()) {
                open.add(each);
            }
        }
        publish(open);
    }

    private void publish(List<JettyRoll> open) {
        IdentityHashMap<Thread, JettySlot> behind = new IdentityHashMap<>();
        for (JettyRoll roll : open) {
            for (JettySlot slot : roll.slots()) {
                if (slot.phase() != Slot.Phase.GONE) {
                    behind.put(slot.thread, slot);
                }
            }
        }
        rolls = List.copyOf(open);
        slots = behind;
        // Off only when nobody is under way: a woken worker must pass a hook before a job of its sees the interrupt.
        ReloaderJettyHooks.rolling = counting || !open.isEmpty();
    }
}
