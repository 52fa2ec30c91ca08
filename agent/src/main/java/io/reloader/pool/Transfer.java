// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Slot transfer: the worker that leaves puts its successor into its place. Runs on the leaving worker's thread, inside
 * getTask and so without a task, holding a permit. The pool's counters never change, so the pool notices nothing: letting
 * the worker die and the pool add one reorders single-thread pools and makes a one-thread scheduler run two tasks.
 */
final class Transfer {
    private final ExecutorAccess access;
    private final ThreadAccess threads;
    private final Births births;

    Transfer(ExecutorAccess access, ThreadAccess threads, Births births) {
        this.access = access;
        this.threads = threads;
        this.births = births;
    }

    /** True if the successor is in place and started: the current thread must leave. False: it must serve on. */
    boolean make(Slot slot) {
        ExecutorRoll roll = ExecutorRoll.of(slot);
        slot.enter(Slot.Phase.LEAVING);
        boolean moved = false;
        try {
            Object successor = bear(slot, roll);
            moved = successor != null && install(slot, roll, successor);
        } catch (Throwable t) {
            roll.stop("its worker could not be replaced: " + t.getClass().getName());
        } finally {
            slot.enter(moved ? Slot.Phase.MOVED : Slot.Phase.BEHIND);
            if (!moved && !access.running(roll.pool())) {
                // getTask has read the state before; an interrupt makes it read again instead of waiting for ever.
                slot.thread.interrupt();
            }
        }
        return moved;
    }

    private @Nullable Object bear(Slot slot, ExecutorRoll roll) {
        // The pool interrupts workers whose lock it gets; the factory must not see that.
        access.lock(slot.worker);
        try {
            Thread.interrupted();
            return access.running(roll.pool()) ? births.bear(access::newWorker, roll.pool()) : null;
        } catch (Throwable t) {
            roll.stop("its thread factory threw " + t.getClass().getName());
            return null;
        } finally {
            access.unlock(slot.worker);
        }
    }

    private boolean install(Slot slot, ExecutorRoll roll, Object successor) {
        Thread thread = access.thread(successor);
        if (thread == null) {
            roll.stop("its thread factory returned null");
            return false;
        }
        if (thread.getState() != Thread.State.NEW) {
            roll.stop("its thread factory returned a thread that was already started");
            roll.expel(thread, successor);
            return false;
        }
        threads.copyAccess(slot.thread, thread);
        if (!swap(roll.pool(), slot.worker, successor)) {
            return false;
        }
        roll.permits().await(thread);
        try {
            access.start(roll.pool(), thread);
            return true;
        } catch (Throwable t) {
            roll.stop("its new thread did not start: " + t.getClass().getName());
            if (thread.getState() != Thread.State.NEW) {
                // An overridden start() threw after the thread had begun: the successor serves.
                return true;
            }
            roll.permits().cease(thread);
            swapBack(roll.pool(), slot.worker, successor);
            return false;
        }
    }

    private boolean swap(Object pool, Object out, Object in) {
        ReentrantLock lock = access.mainLock(pool);
        lock.lock();
        try {
            Set<Object> workers = access.workers(pool);
            if (!access.running(pool) || !workers.contains(out)) {
                return false;
            }
            workers.add(in);
            workers.remove(out);
            access.addCompleted(pool, access.workerCompleted(out));
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void swapBack(Object pool, Object out, Object in) {
        ReentrantLock lock = access.mainLock(pool);
        lock.lock();
        try {
            Set<Object> workers = access.workers(pool);
            workers.add(out);
            workers.remove(in);
            access.addCompleted(pool, -access.workerCompleted(out));
        } finally {
            lock.unlock();
        }
    }
}
