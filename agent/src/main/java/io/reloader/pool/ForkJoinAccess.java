// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinPool.ForkJoinWorkerThreadFactory;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The private parts of ForkJoinPool and its queues. Resolved once, on the start-up thread, without initialising the
 * pool's class: that would read the application's settings too early. Used by every thread.
 */
final class ForkJoinAccess {
    private final ForkJoinVersion version;
    private final VarHandle poolOf;
    private final VarHandle queueOf;
    private final VarHandle factory;
    private final VarHandle ctl;
    private final VarHandle state;
    private final VarHandle queues;
    private final VarHandle steals;
    private final MethodHandle casCtl;
    private final VarHandle owner;
    private final VarHandle base;
    private final VarHandle top;
    private final VarHandle phase;
    private final VarHandle stackPred;
    private final VarHandle lock;
    private final VarHandle queueSteals;
    private final VarHandle mark;
    /** Null on JDK 17: a worker may be unparked at any time. */
    private final @Nullable VarHandle parking;
    /** Null on JDK 17: threads start themselves there. */
    private final @Nullable VarHandle container;

    private final @Nullable MethodHandle containerStart;

    /** Fails if this JDK's class is not a known one. */
    ForkJoinAccess() throws ReflectiveOperationException {
        version = ForkJoinVersion.current();
        Class<?> pool = ForkJoinPool.class;
        Class<?> queue = Class.forName(pool.getName() + "$WorkQueue", false, null);
        Lookup in = MethodHandles.privateLookupIn(pool, MethodHandles.lookup());
        Lookup inQueue = MethodHandles.privateLookupIn(queue, MethodHandles.lookup());
        Lookup inThread = MethodHandles.privateLookupIn(ForkJoinWorkerThread.class, MethodHandles.lookup());
        poolOf = inThread.findVarHandle(ForkJoinWorkerThread.class, "pool", pool);
        queueOf = inThread.findVarHandle(ForkJoinWorkerThread.class, "workQueue", queue);
        factory = in.findVarHandle(pool, "factory", ForkJoinWorkerThreadFactory.class);
        ctl = in.findVarHandle(pool, "ctl", long.class);
        state = in.findVarHandle(pool, version.stateName, version.stateType);
        queues = in.findVarHandle(pool, "queues", queue.arrayType());
        steals = in.findVarHandle(pool, "stealCount", long.class);
        casCtl = in.findVirtual(pool, "compareAndSetCtl", MethodType.methodType(boolean.class, long.class, long.class));
        owner = inQueue.findVarHandle(queue, "owner", ForkJoinWorkerThread.class);
        base = inQueue.findVarHandle(queue, "base", int.class);
        top = inQueue.findVarHandle(queue, "top", int.class);
        phase = inQueue.findVarHandle(queue, "phase", int.class);
        stackPred = inQueue.findVarHandle(queue, "stackPred", int.class);
        lock = inQueue.findVarHandle(queue, version.lock(), int.class);
        queueSteals = inQueue.findVarHandle(queue, "nsteals", int.class);
        mark = inQueue.findVarHandle(queue, version.mark(), int.class);
        String parkingOf = version.parking();
        parking = parkingOf == null ? null : inQueue.findVarHandle(queue, parkingOf, int.class);
        Class<?> containers = version == ForkJoinVersion.V17 ? null : Class.forName(CONTAINER, false, null);
        container = containers == null ? null : in.findVarHandle(pool, "container", containers);
        containerStart = containers == null
                ? null
                : MethodHandles.privateLookupIn(containers, MethodHandles.lookup())
                        .findVirtual(containers, "start", MethodType.methodType(void.class, Thread.class))
                        .asType(MethodType.methodType(void.class, Object.class, Thread.class));
    }

    private static final String CONTAINER = "jdk.internal.vm.SharedThreadContainer";

    ForkJoinVersion version() {
        return version;
    }

    ForkJoinPool poolOf(ForkJoinWorkerThread thread) {
        return (ForkJoinPool) poolOf.get(thread);
    }

    Object queueOf(ForkJoinWorkerThread thread) {
        return queueOf.get(thread);
    }

    long ctl(ForkJoinPool pool) {
        return (long) ctl.getVolatile(pool);
    }

    boolean casCtl(ForkJoinPool pool, long from, long to) {
        try {
            return (boolean) casCtl.invokeExact(pool, from, to);
        } catch (Throwable t) {
            throw unchecked(t);
        }
    }

    boolean running(ForkJoinPool pool) {
        return version.running(state(pool));
    }

    /** How many workers there are, those included that are being made. */
    int total(ForkJoinPool pool) {
        return version.total(ctl(pool), state(pool));
    }

    private long state(ForkJoinPool pool) {
        return (long) state.getVolatile(pool);
    }

    /** Those at odd places have an owner. May be null, and have holes. */
    @Nullable
    Object @Nullable [] queues(ForkJoinPool pool) {
        return (Object[]) queues.getAcquire(pool);
    }

    long steals(ForkJoinPool pool) {
        return (long) steals.getVolatile(pool);
    }

    @Nullable
    ForkJoinWorkerThread owner(Object queue) {
        return (ForkJoinWorkerThread) owner.get(queue);
    }

    /** How many tasks are in it. */
    int queued(Object queue) {
        return (int) top.getVolatile(queue) - base(queue);
    }

    int base(Object queue) {
        return (int) base.getVolatile(queue);
    }

    int phase(Object queue) {
        return (int) phase.getVolatile(queue);
    }

    boolean idle(Object queue) {
        return version.idle(phase(queue));
    }

    boolean locked(Object queue) {
        return version.locked((int) lock.getVolatile(queue));
    }

    int stackPred(Object queue) {
        return (int) stackPred.getOpaque(queue);
    }

    int steals(Object queue) {
        return (int) queueSteals.getOpaque(queue);
    }

    /** Lets a worker go on that has been taken off the stack of waiting ones. */
    void release(Object queue, int awake) {
        phase.setVolatile(queue, awake);
        if (parking == null || (int) parking.getVolatile(queue) != 0) {
            LockSupport.unpark(owner(queue));
        }
    }

    /** The counts do not include the owner of this queue any more: when it leaves, nothing is subtracted. */
    void drop(Object queue) {
        mark.setVolatile(queue, version.marked((int) mark.getVolatile(queue)));
    }

    /** Throws whatever the factory throws. */
    @Nullable
    ForkJoinWorkerThread newThread(ForkJoinPool pool) {
        return ((ForkJoinWorkerThreadFactory) factory.get(pool)).newThread(pool);
    }

    /** Starts a worker's thread as the pool itself would; throws whatever starting throws. */
    void start(ForkJoinPool pool, Thread thread) {
        Object threads = container == null ? null : container.get(pool);
        if (threads == null || containerStart == null) {
            thread.start();
            return;
        }
        try {
            containerStart.invokeExact(threads, thread);
        } catch (Throwable t) {
            throw unchecked(t);
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> RuntimeException unchecked(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
