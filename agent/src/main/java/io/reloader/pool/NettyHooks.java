// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.concurrent.ReloaderNettyHooks;

/** The answers to code woven into Netty's event loops. Called on the host's threads, loops and others; nothing escapes. */
final class NettyHooks implements ReloaderNettyHooks.Handler {
    private final Ledger<NettyRoll> ledger;

    NettyHooks(Ledger<NettyRoll> ledger) {
        this.ledger = ledger;
    }

    @Override
    public boolean leaves(Object loop, int state, boolean suspends) {
        Thread me = Thread.currentThread();
        try {
            Slot slot = ledger.find(me);
            if (slot == null) {
                meet(me, loop);
                return suspends;
            }
            return ((NettySeat) slot.worker).loop == loop ? NettyRoll.of(slot).leaves(slot, state, suspends) : suspends;
        } catch (Throwable t) {
            // Out of stack or memory before anything was begun: the loop serves on.
            return suspends;
        }
    }

    private void meet(Thread me, Object loop) {
        for (NettyRoll roll : ledger.rolls()) {
            NettySeat seat = roll.seat(loop);
            if (seat != null) {
                roll.meet(me, seat);
            }
        }
    }

    @Override
    public boolean started(Object loop) {
        for (NettyRoll roll : ledger.rolls()) {
            NettySeat seat = roll.seat(loop);
            NettySeat.Dropped dropped = seat == null ? NettySeat.Dropped.NOT : seat.drop();
            if (dropped == NettySeat.Dropped.LATE) {
                giveBack(roll);
            }
            if (dropped != NettySeat.Dropped.NOT) {
                return true;
            }
        }
        return false;
    }

    private static void giveBack(NettyRoll roll) {
        try {
            roll.giveBack();
        } catch (Throwable t) {
            // The control thread finds out by itself.
            return;
        }
    }
}
