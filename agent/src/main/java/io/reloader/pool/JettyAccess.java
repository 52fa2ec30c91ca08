// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The private parts of QueuedThreadPool, the same in Jetty 10 to 12.1. Resolved once per copy; used by every thread.
 * Takes objects, as each copy is another class.
 */
final class JettyAccess {
    private static final int STOPPED = Integer.MIN_VALUE;

    private final Class<?> runnerType;
    private final MethodHandle threads;
    private final MethodHandle jobs;
    private final MethodHandle counts;
    private final MethodHandle factory;
    private final MethodHandle runner;
    private final MethodHandle tryExecutor;
    private final MethodHandle poolOf;
    private final MethodHandle addCounts;

    /** Fails if this copy is not a known one. */
    JettyAccess(Class<?> pool) throws ReflectiveOperationException {
        Lookup in = MethodHandles.privateLookupIn(pool, MethodHandles.lookup());
        runnerType = Class.forName(pool.getName() + "$Runner", false, pool.getClassLoader());
        Lookup inRunner = MethodHandles.privateLookupIn(runnerType, MethodHandles.lookup());
        threads = getter(in, pool, "_threads", Set.class);
        jobs = getter(in, pool, "_jobs", BlockingQueue.class);
        counts = getter(in, pool, "_counts", AtomicLong.class);
        factory = getter(in, pool, "_threadFactory", ThreadFactory.class);
        runner = getter(in, pool, "_runnable", Runnable.class);
        tryExecutor = getter(in, pool, "_tryExecutor", Object.class);
        poolOf = getter(inRunner, runnerType, "this$0", Object.class);
        addCounts = in.findVirtual(pool, "addCounts", MethodType.methodType(boolean.class, int.class, int.class))
                .asType(MethodType.methodType(boolean.class, Object.class, int.class, int.class));
    }

    /** Found by name and seen as {@code type}: the declared type may be of the same copy. */
    private static MethodHandle getter(Lookup in, Class<?> owner, String name, Class<?> type)
            throws ReflectiveOperationException {
        Field field = owner.getDeclaredField(name);
        if (!type.isAssignableFrom(field.getType())) {
            throw new NoSuchFieldException(owner.getName() + "." + name + " as " + type.getName());
        }
        return in.findGetter(owner, name, field.getType()).asType(MethodType.methodType(type, Object.class));
    }

    boolean isRunner(Object object) {
        return runnerType.isInstance(object);
    }

    String runnerName() {
        return runnerType.getName();
    }

    Object poolOf(Object runner) {
        try {
            return (Object) poolOf.invokeExact(runner);
        } catch (Throwable t) {
            throw unchecked(t);
        }
    }

    @SuppressWarnings("unchecked")
    Set<Thread> threads(Object pool) {
        try {
            return (Set<Thread>) (Set<?>) (Set<Object>) threads.invokeExact(pool);
        } catch (Throwable t) {
            throw unchecked(t);
        }
    }

    @SuppressWarnings("unchecked")
    BlockingQueue<Runnable> jobs(Object pool) {
        try {
            return (BlockingQueue<Runnable>) (BlockingQueue<?>) jobs.invokeExact(pool);
        } catch (Throwable t) {
            throw unchecked(t);
        }
    }

    boolean running(Object pool) {
        return threadCount(pool) != STOPPED;
    }

    int threadCount(Object pool) {
        return (int) (counts(pool) >>> Integer.SIZE);
    }

    /** How many workers have no job, less the jobs that are queued. */
    int idleCount(Object pool) {
        return (int) counts(pool);
    }

    private long counts(Object pool) {
        try {
            return ((AtomicLong) counts.invokeExact(pool)).get();
        } catch (Throwable t) {
            throw unchecked(t);
        }
    }

    /** Counts a worker in that is there without having been counted. */
    void countIn(Object pool) {
        try {
            boolean ignored = (boolean) addCounts.invokeExact(pool, 1, 1);
        } catch (Throwable t) {
            throw unchecked(t);
        }
    }

    /** Asks the pool's thread factory for a thread; throws whatever the factory throws. */
    @Nullable
    Thread newThread(Object pool) {
        try {
            return ((ThreadFactory) factory.invokeExact(pool)).newThread((Runnable) runner.invokeExact(pool));
        } catch (Throwable t) {
            throw unchecked(t);
        }
    }

    /** A ReservedThreadExecutor, or what stands for none. */
    @Nullable
    Object tryExecutor(Object pool) {
        try {
            return (Object) tryExecutor.invokeExact(pool);
        } catch (Throwable t) {
            throw unchecked(t);
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> RuntimeException unchecked(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
