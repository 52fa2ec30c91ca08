// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** The workers that are in one roll. Changed by the control thread; a worker may only announce itself. */
final class Roster {
    /** Workers whose threads are older than the roll but began to run after it. Filled by those, emptied by control. */
    private final ConcurrentLinkedQueue<Slot> late = new ConcurrentLinkedQueue<>();

    /** Never changed once published; written by the control thread. */
    private volatile Slot[] slots = {};

    // Control thread only.
    private int workers;
    private int swept;

    Slot[] slots() {
        return slots;
    }

    int workers() {
        return workers;
    }

    int gone() {
        return swept + slots.length - rest().size();
    }

    /** Those that are not gone. */
    List<Slot> rest() {
        List<Slot> rest = new ArrayList<>();
        for (Slot slot : slots) {
            if (slot.phase() != Slot.Phase.GONE) {
                rest.add(slot);
            }
        }
        return rest;
    }

    @Nullable
    Slot find(Thread thread) {
        return find(List.of(slots), thread);
    }

    private static @Nullable Slot find(List<Slot> all, Thread thread) {
        for (Slot slot : all) {
            if (slot.thread == thread) {
                return slot;
            }
        }
        return null;
    }

    /** Those that are in it and not gone stay; of the others, these are new. */
    void begin(List<Slot> all) {
        List<Slot> now = rest();
        IdentityHashMap<Thread, Slot> known = new IdentityHashMap<>();
        for (Slot slot : now) {
            known.put(slot.thread, slot);
        }
        for (Slot slot : all) {
            if (!known.containsKey(slot.thread)) {
                now.add(slot);
            }
        }
        slots = now.toArray(new Slot[0]);
        workers = now.size();
        swept = 0;
    }

    void announce(Slot slot) {
        late.add(slot);
    }

    boolean awaitsNobody() {
        return late.isEmpty();
    }

    /** Takes in those that have announced themselves; whether there were any. */
    boolean admit() {
        Slot slot = late.poll();
        if (slot == null) {
            return false;
        }
        List<Slot> all = new ArrayList<>(List.of(slots));
        for (; slot != null; slot = late.poll()) {
            if (find(all, slot.thread) == null) {
                all.add(slot);
                workers++;
            }
        }
        slots = all.toArray(new Slot[0]);
        return true;
    }

    /** Lets go of those that are gone once they are the half; whether it did. */
    boolean sweep() {
        List<Slot> rest = rest();
        int gone = slots.length - rest.size();
        if (gone == 0 || gone < rest.size()) {
            return false;
        }
        swept += gone;
        slots = rest.toArray(new Slot[0]);
        return true;
    }

    /** Whether nobody is on the way out. */
    boolean settled() {
        for (Slot slot : slots) {
            if (slot.onTheWay()) {
                return false;
            }
        }
        return true;
    }
}
