// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * The hand-over of selectors. A producer that is about to select may stop, as if it had produced nothing: what it has
 * seen stays with the selector, and the strategy's state carries it over to the next thread. It must then be dispatched
 * anew, by the thread that stopped it once that is free, or else by the control thread. Called on workers' threads; handles are kept with the producer's class.
 */
final class JettyProducers {
    private final Found found = new Found();

    /** Nothing that a class of the application's keeps leads to us from here on. */
    void forget() {
        found.forget();
    }

    /** Whether it can be dispatched anew if it stops. */
    boolean knows(Object producer) {
        Access access = found.get(producer.getClass()).access();
        return access != null && access.strategyOf(producer) instanceof Runnable;
    }

    /** Has a thread of the producer's executor go on; harmless if it has not stopped. False if that refuses. */
    boolean dispatch(Object producer) {
        Access access = found.get(producer.getClass()).access();
        if (access == null) {
            return true;
        }
        try {
            access.dispatch.invokeExact(access.strategyOf(producer));
            return true;
        } catch (Throwable t) {
            return false;
        }
    }

    /** Goes on with this thread after a refused dispatch, which has counted a thread as pending: this takes it back. */
    void run(Object producer) {
        Access access = found.get(producer.getClass()).access();
        if (access != null && access.strategyOf(producer) instanceof Runnable strategy) {
            strategy.run();
        }
    }

    private static final class Found extends PerClass<Entry> {
        @Override
        Entry find(Class<?> producer) {
            try {
                return new Entry(new Access(producer));
            } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
                return new Entry(null);
            }
        }
    }

    private record Entry(@Nullable Access access) {}

    private static final class Access {
        private final MethodHandle selector;
        private final MethodHandle strategy;
        private final MethodHandle dispatch;

        Access(Class<?> producer) throws ReflectiveOperationException {
            Class<?> owner = producer.getNestHost();
            Lookup lookup = MethodHandles.lookup();
            selector = MethodHandles.privateLookupIn(producer, lookup)
                    .findGetter(producer, "this$0", owner)
                    .asType(MethodType.methodType(Object.class, Object.class));
            Class<?> type = owner.getDeclaredField("_strategy").getType();
            strategy = MethodHandles.privateLookupIn(owner, lookup)
                    .findGetter(owner, "_strategy", type)
                    .asType(MethodType.methodType(Object.class, Object.class));
            dispatch = lookup.findVirtual(type, "dispatch", MethodType.methodType(void.class))
                    .asType(MethodType.methodType(void.class, Object.class));
        }

        Object strategyOf(Object producer) {
            try {
                return (Object) strategy.invokeExact((Object) selector.invokeExact(producer));
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable t) {
                throw new AssertionError("a getter throws nothing else", t);
            }
        }
    }
}
