// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The roll of one group of event loops. At the end of a turn a loop has its executor start another thread, which waits
 * at the loop's own lock; then the loop leaves its thread the way it does to be suspended, but is never seen suspended.
 * Queues, timers, channels and selector belong to the loop and are not touched.
 */
final class NettyRoll extends SlotRoll {
    /** A thread is there in a tenth of a millisecond; after this the loop serves on until it is. */
    private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(5);

    private final NettyAccess access;
    private final NettyCaller caller;
    private final Threads threads;
    /** By loop; never changed. */
    private final IdentityHashMap<Object, NettySeat> seats = new IdentityHashMap<>();
    // Control thread only.
    private int cursor;

    NettyRoll(NettyKind kind, Object pool) {
        super(pool, kind.ledger(), kind.tools().wake(), kind.tools().batch());
        access = kind.access();
        caller = kind.caller();
        threads = kind.tools().threads();
        for (Object loop : kind.loops(pool)) {
            seats.put(loop, new NettySeat(loop));
        }
    }

    /** The roll of a slot that was found in the ledger of this family. */
    static NettyRoll of(Slot slot) {
        return (NettyRoll) slot.roll;
    }

    @Nullable
    NettySeat seat(Object loop) {
        return seats.get(loop);
    }

    /** What the loop shall answer on its own thread, which has this slot, when asked whether it may be suspended. */
    boolean leaves(Slot slot, int state, boolean suspends) {
        NettySeat seat = (NettySeat) slot.worker;
        Slot.Phase phase = slot.phase();
        if (phase == Slot.Phase.BEHIND) {
            if (suspends || !access.serves(state) || !open() || !seat.free()) {
                return suspends;
            }
            // If its successor is not there in time the loop serves on, and looks again after each turn.
            return caller.asks() == NettyCaller.Asker.TURN
                    && retire(slot, seat)
                    && awaited(seat)
                    && endTurn(seat, state);
        }
        if (phase != Slot.Phase.LEAVING) {
            return suspends;
        }
        NettyCaller.Asker asker = caller.asks();
        if (asker == NettyCaller.Asker.OTHER) {
            return suspends;
        }
        if (asker == NettyCaller.Asker.TURN) {
            return endTurn(seat, state);
        }
        return state == access.suspended ? handOver(slot, seat) : endThread(seat, state);
    }

    private boolean retire(Slot slot, NettySeat seat) {
        if (!permits().take()) {
            return false;
        }
        // Closing reads the permits after it has set the flag, so one of the two sees the other.
        if (!stopped() && makeSuccessor(slot, seat)) {
            return true;
        }
        giveBack();
        return false;
    }

    private boolean makeSuccessor(Slot slot, NettySeat seat) {
        slot.enter(Slot.Phase.LEAVING);
        seat.repeated = false;
        try {
            Boolean ignored = threads.births().bear(this::startThread, seat.loop);
            return true;
        } catch (Throwable t) {
            stop("its thread factory threw " + t.getClass().getName());
            // An overridden start() may throw after the thread has begun: then that one takes over.
            if (awaited(seat)) {
                return true;
            }
            slot.enter(Slot.Phase.BEHIND);
            return false;
        }
    }

    private Boolean startThread(Object loop) {
        try {
            access.startThread(loop);
            return true;
        } catch (Throwable t) {
            throw unchecked(t);
        }
    }

    private boolean awaited(NettySeat seat) {
        long begun = System.nanoTime();
        while (!access.awaited(seat.loop)) {
            if (System.nanoTime() - begun > PATIENCE) {
                return false;
            }
            LockSupport.parkNanos(20_000);
        }
        return true;
    }

    /** From here on the loop's thread ends, unless the loop is shut down just now. */
    private boolean endTurn(NettySeat seat, int state) {
        if (!access.awaited(seat.loop)) {
            return false;
        }
        look(seat, state);
        return true;
    }

    /**
     * The loop has left its last turn. The next thread is there and must find the loop alive, so that one shuts the loop
     * down, if that has been asked for meanwhile.
     */
    private boolean endThread(NettySeat seat, int state) {
        if (state != access.suspending) {
            // Up to 4.2.7 a loop is suspended from that state only; later ones accept any.
            if (seat.repeated) {
                look(seat, state);
            } else {
                seat.state = state;
            }
            seat.repeated = true;
        }
        seat.open();
        return true;
    }

    /** Makes the loop look as if it had been asked to suspend itself. */
    private void look(NettySeat seat, int state) {
        int now = state;
        while (now != access.suspending && !access.change(seat.loop, now, access.suspending)) {
            now = access.state(seat.loop);
        }
        seat.state = now;
    }

    /** The loop looks suspended and its thread has nothing left to do: as soon as that lets go the next one serves. */
    private boolean handOver(Slot slot, NettySeat seat) {
        boolean changed = !access.change(seat.loop, access.suspended, seat.state);
        if (changed && seat.state >= access.shuttingDown) {
            int now = access.state(seat.loop);
            while (now < access.shuttingDown && !access.change(seat.loop, now, seat.state)) {
                now = access.state(seat.loop);
            }
        }
        seat.left(slot.thread);
        slot.enter(Slot.Phase.MOVED);
        if (seat.close(changed)) {
            giveBack();
        }
        return true;
    }

    @Override
    List<Slot> all() {
        List<Slot> all = new ArrayList<>();
        for (NettySeat seat : seats.values()) {
            Thread thread = access.thread(seat.loop);
            if (thread != null && thread.isAlive()) {
                all.add(new Slot(this, thread, seat, Slot.Phase.BEHIND));
            }
        }
        return all;
    }

    /** Before any is woken: a successor may itself be older than a roll that has begun since. */
    private void meetSuccessors() {
        for (NettySeat seat : seats.values()) {
            Thread thread = access.thread(seat.loop);
            if (thread != null) {
                meet(thread, seat);
            }
        }
    }

    /** A thread that the loop is seen to have. */
    void meet(Thread thread, NettySeat seat) {
        seat.bequeath(thread, threads);
        started(thread, seat, threads.access().id(thread));
    }

    @Override
    void wakeIdle(Slot[] all, int count) {
        meetSuccessors();
        int left = count;
        for (int i = 0; i < all.length && left > 0; i++) {
            cursor = (cursor + 1) % all.length;
            Slot slot = all[cursor];
            if (slot.phase() == Slot.Phase.BEHIND) {
                access.wake(((NettySeat) slot.worker).loop);
                left--;
            }
        }
    }

    /** Asked of a roll that is closed, which nobody advances: loops on their way must still get there. */
    @Override
    boolean atRest() {
        sampling();
        for (Slot slot : slots()) {
            if (slot.phase() == Slot.Phase.MOVED && slot.thread.getState() == Thread.State.TERMINATED) {
                slot.enter(Slot.Phase.GONE);
            }
        }
        return true;
    }

    @Override
    void sampling() {
        for (Slot slot : slots()) {
            if (slot.phase() == Slot.Phase.LEAVING) {
                access.wake(((NettySeat) slot.worker).loop);
            }
        }
    }

    @Override
    boolean busy(Slot slot) {
        return access.works(slot.thread);
    }

    @Override
    boolean running() {
        return access.state(pool()) < access.shuttingDown;
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> RuntimeException unchecked(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
