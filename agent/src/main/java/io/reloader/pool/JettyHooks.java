// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.concurrent.ReloaderJettyHooks;
import org.jspecify.annotations.Nullable;

/** The answers to the woven code of Jetty's pools. Called on the host's threads, between their jobs; nothing escapes. */
final class JettyHooks implements ReloaderJettyHooks.Handler {
    private static final String RESERVED = ".ReservedThreadExecutor$ReservedThread";

    private final Kinds kinds;
    private final Tools tools;
    private final Ledger<JettyRoll> ledger;
    private final JettyJobs jobs;

    JettyHooks(Kinds kinds, Tools tools, Ledger<JettyRoll> ledger, JettyJobs jobs) {
        this.kinds = kinds;
        this.tools = tools;
        this.ledger = ledger;
        this.jobs = jobs;
    }

    @Override
    public boolean leaves() {
        Thread me = Thread.currentThread();
        arrive(me);
        JettySlot slot = slot(me);
        if (slot == null) {
            return false;
        }
        slot.absorb();
        slot.afterJob = false;
        if (retires(slot)) {
            return true;
        }
        slot.polls();
        return false;
    }

    private @Nullable JettySlot slot(Thread thread) {
        return (JettySlot) ledger.find(thread);
    }

    private void arrive(Thread me) {
        if (ledger.awaitsAny()) {
            for (JettyRoll roll : ledger.rolls()) {
                roll.arrived(me);
            }
        }
    }

    private static boolean retires(JettySlot slot) {
        Slot.Phase phase = slot.phase();
        if (phase != Slot.Phase.BEHIND) {
            return phase == Slot.Phase.MOVED;
        }
        try {
            return slot.jettyRoll().retire(slot);
        } catch (Throwable t) {
            // Out of stack or memory: the worker serves on, unless it has handed its place over.
            return slot.phase() == Slot.Phase.MOVED;
        }
    }

    @Override
    public void polled() {
        JettySlot slot = slot(Thread.currentThread());
        if (slot != null) {
            slot.absorb();
        }
    }

    @Override
    public void begins() {
        jobs.count();
        JettySlot slot = slot(Thread.currentThread());
        if (slot != null) {
            slot.absorb();
            slot.afterJob = false;
            slot.jobSince = System.nanoTime();
        }
    }

    @Override
    public void ends() {
        JettySlot slot = slot(Thread.currentThread());
        if (slot != null) {
            slot.afterJob = true;
            slot.jobSince = 0;
        }
    }

    /** A job, too, may have the pool count a thread as idle: when its own job is refused. */
    @Override
    public boolean leavesAfterJob() {
        JettySlot slot = slot(Thread.currentThread());
        if (slot == null) {
            return false;
        }
        goOnElsewhere(slot);
        if (!slot.afterJob) {
            return false;
        }
        slot.afterJob = false;
        slot.absorb();
        return retires(slot);
    }

    @Override
    public boolean evicts() {
        JettySlot slot = slot(Thread.currentThread());
        return slot != null && slot.phase() == Slot.Phase.MOVED;
    }

    @Override
    public boolean skipsCount() {
        Thread me = Thread.currentThread();
        // In a pool that is stopped a successor ends without having waited for a job.
        arrive(me);
        JettySlot slot = slot(me);
        if (slot == null) {
            return false;
        }
        goOnElsewhere(slot);
        if (slot.phase() != Slot.Phase.MOVED) {
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
    public boolean unreserves(Object reserved) {
        JettySlot slot = slot(Thread.currentThread());
        if (slot == null || !reserved.getClass().getName().endsWith(RESERVED)) {
            return false;
        }
        if (slot.phase() == Slot.Phase.BEHIND && !slot.roll.stopped()) {
            return true;
        }
        goOnElsewhere(slot);
        return false;
    }

    /** Only where another thread waits for a job, or a stopped producer would stand behind jobs that need it. */
    @Override
    public boolean stopsSelecting(Object producer) {
        JettySlot slot = slot(Thread.currentThread());
        if (slot == null) {
            return false;
        }
        Object ignored = slot.takeStopped();
        try {
            return stops(slot, producer);
        } catch (Throwable t) {
            ignored = slot.takeStopped();
            return false;
        }
    }

    private static boolean stops(JettySlot slot, Object producer) {
        JettyRoll roll = slot.jettyRoll();
        JettyKind kind = roll.kind();
        // A thread that an older executor takes back into reserve passes no hook on its way.
        if (slot.phase() != Slot.Phase.BEHIND
                || kind.reserve() == null
                || !kind.hasSpare(roll.pool())
                || !kind.producers().knows(producer)) {
            return false;
        }
        slot.stop(producer);
        // Closing looks for what is stopped after it has set the flag, so one of the two sees the other.
        return !roll.stopped() || slot.takeStopped() == null;
    }

    /** The current thread takes jobs again, or soon. */
    private static void goOnElsewhere(JettySlot slot) {
        Object producer = slot.takeStopped();
        if (producer != null && !slot.jettyRoll().kind().producers().dispatch(producer)) {
            slot.jettyRoll().kind().producers().run(producer);
        }
    }

    @Override
    public void started(Object runner) {
        try {
            note(runner);
        } catch (Throwable t) {
            // Found by its thread, then.
            return;
        }
    }

    private void note(Object runner) {
        Thread me = Thread.currentThread();
        PoolKind kind = kinds.of(runner);
        Object pool = kind == null ? null : kind.poolOf(runner, me);
        if (pool == null) {
            return;
        }
        tools.threads().births().record(me);
        tools.registry().add(pool);
        for (JettyRoll roll : ledger.rolls()) {
            if (roll.pool() == pool) {
                roll.started(me, me, tools.threads().access().id(me));
            }
        }
        tools.lives().began(pool);
    }

    @Override
    public void ended(Object runner) {
        try {
            Object pool = kinds.of(runner) instanceof JettyKind kind ? kind.poolOf(runner) : null;
            if (pool != null) {
                tools.lives().left(pool);
            }
        } catch (Throwable t) {
            // Out of stack or memory: the thread ends all the same.
            return;
        }
    }
}
