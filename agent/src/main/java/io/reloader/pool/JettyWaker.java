// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Has workers without a job find that they are behind, and frees those whose job is to wait. A worker that runs any
 * other job is left alone: an interrupt in the middle of a channel operation closes the channel. Control thread only.
 */
final class JettyWaker {
    /** A stack costs a safepoint on JDK 17, so the same one is not looked at all the time, nor all at once. */
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(20);

    private static final int LOOKS = 16;

    /** How often it is tried to free a worker from a job that waits. */
    private static final int ATTEMPTS = 20;

    private final JettyKind kind;
    private final Object pool;
    private int cursor;

    JettyWaker(JettyKind kind, Object pool) {
        this.kind = kind;
        this.pool = pool;
    }

    /** Wakes up to {@code count} idle workers, from the one after the last on. */
    void wake(Slot[] slots, int count) {
        int at = cursor;
        int left = count;
        int looks = LOOKS;
        for (int i = 0; i < slots.length && looks > 0; i++) {
            at = (at + 1) % slots.length;
            JettySlot slot = (JettySlot) slots[at];
            if (slot.phase() != Slot.Phase.BEHIND) {
                continue;
            }
            if (left > 0 && slot.wake(false)) {
                left--;
            } else if (slot.settledInJob() && due(slot)) {
                looks--;
                left -= look(slot, left > 0) ? 1 : 0;
            }
        }
        cursor = at;
    }

    private static boolean due(JettySlot slot) {
        long now = System.nanoTime();
        if (slot.looked != 0 && now - slot.looked < PAUSE) {
            return false;
        }
        slot.looked = now;
        return true;
    }

    /** Whether the worker was woken. */
    private boolean look(JettySlot slot, boolean mayWake) {
        JettyWork work = kind.work(slot.thread);
        slot.pinned = null;
        switch (work) {
            case IDLE -> {
                if (!mayWake) {
                    slot.looked = 0;
                }
                return mayWake && slot.wake(true);
            }
            case RESERVED -> slot.pinned = freeReserved(slot);
            case SELECTING -> slot.pinned = freeSelecting(slot);
            case ACCEPTING -> slot.pinned = "acceptors keep their thread until their connector stops";
            case BUSY -> slot.freed = 0;
        }
        return false;
    }

    private @Nullable String freeReserved(JettySlot slot) {
        JettyReserve reserve = kind.reserve();
        if (reserve == null || slot.freed++ >= ATTEMPTS) {
            return "reserved threads keep their thread until they idle out";
        }
        reserve.free(kind.access().tryExecutor(pool), slot.thread);
        return null;
    }

    private @Nullable String freeSelecting(JettySlot slot) {
        if (kind.reserve() == null || slot.freed++ >= ATTEMPTS) {
            return "selectors keep their thread while no other has nothing to do";
        }
        JettySelectors.wake(pool);
        return null;
    }
}
