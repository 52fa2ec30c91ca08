// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The private parts of ReservedThreadExecutor of later 12.0 and 12.1 (not of 12.0.0), whose threads are kept in a
 * ThreadIdPool. A thread in reserve is taken exactly as tryExecute takes one, and given a task that does nothing; then
 * it would go into reserve again, which its hook prevents. Control thread.
 */
final class JettyReserve {
    private static final String EXECUTOR = "ReservedThreadExecutor";

    private final Class<?> executorType;
    private final Class<?> reservedType;
    private final MethodHandle threads;
    private final MethodHandle items;
    private final MethodHandle thread;
    private final MethodHandle wakeup;

    /** Fails if this copy is not a known one. */
    JettyReserve(Class<?> pool) throws ReflectiveOperationException {
        ClassLoader loader = pool.getClassLoader();
        String prefix = pool.getName().substring(0, pool.getName().lastIndexOf('.') + 1);
        executorType = Class.forName(prefix + EXECUTOR, false, loader);
        reservedType = Class.forName(prefix + EXECUTOR + "$ReservedThread", false, loader);
        Class<?> idPool = Class.forName(prefix + "ThreadIdPool", false, loader);
        Lookup lookup = MethodHandles.lookup();
        Lookup inReserved = MethodHandles.privateLookupIn(reservedType, lookup);
        threads = MethodHandles.privateLookupIn(executorType, lookup)
                .findGetter(executorType, "_threads", idPool)
                .asType(MethodType.methodType(Object.class, Object.class));
        items = MethodHandles.privateLookupIn(idPool, lookup)
                .findGetter(idPool, "_items", AtomicReferenceArray.class)
                .asType(MethodType.methodType(AtomicReferenceArray.class, Object.class));
        thread = inReserved
                .findGetter(reservedType, "_thread", Thread.class)
                .asType(MethodType.methodType(Thread.class, Object.class));
        wakeup = inReserved
                .findVirtual(reservedType, "wakeup", MethodType.methodType(void.class, Runnable.class))
                .asType(MethodType.methodType(void.class, Object.class, Runnable.class));
    }

    /** Takes this thread out of reserve, unless somebody else was first. */
    void free(@Nullable Object executor, Thread reserved) {
        if (!executorType.isInstance(executor)) {
            return;
        }
        try {
            free((AtomicReferenceArray<?>) items.invokeExact((Object) threads.invokeExact(executor)), reserved);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable t) {
            throw new AssertionError("neither throws anything else", t);
        }
    }

    private <T> void free(AtomicReferenceArray<T> all, Thread reserved) throws Throwable {
        for (int i = 0; i < all.length(); i++) {
            T each = all.get(i);
            if (reservedType.isInstance(each)
                    && (Thread) thread.invokeExact((Object) each) == reserved
                    && all.compareAndSet(i, each, null)) {
                wakeup.invokeExact((Object) each, (Runnable) new Nothing());
                return;
            }
        }
    }

    private static final class Nothing implements Runnable {
        @Override
        public void run() {}
    }
}
