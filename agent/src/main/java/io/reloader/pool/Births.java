// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.lang.ref.WeakReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What each worker thread was given at birth. A successor is made by the thread that leaves, and a new thread inherits
 * context class loader, priority and inheritable thread locals from its maker: without this, whatever a task left
 * behind would live on for ever. Recorded by the workers' threads and by discovery.
 */
@SuppressWarnings("ThreadPriorityCheck")
final class Births {
    private final ThreadAccess threads;
    private final WeakIdentityMap<Thread, Birth> births = new WeakIdentityMap<>();

    Births(ThreadAccess threads) {
        this.threads = threads;
    }

    /** As the thread is now, unless it is known. */
    void record(Thread thread) {
        ClassLoader loader = threads.loader(thread);
        births.putIfAbsent(
                thread, new Birth(loader == null ? null : new WeakReference<>(loader), thread.getPriority()));
    }

    /** What the current thread makes for this pool as if it were new. */
    <T extends @Nullable Object> T bear(Function<Object, T> make, Object pool) {
        Thread me = Thread.currentThread();
        Object inheritables = threads.inheritables(me);
        ClassLoader loader = threads.loader(me);
        int priority = me.getPriority();
        Birth birth = births.get(me);
        try {
            threads.setInheritables(me, null);
            if (birth != null) {
                restore(me, birth);
            }
            return make.apply(pool);
        } finally {
            threads.setInheritables(me, inheritables);
            threads.setLoader(me, loader);
            if (me.getPriority() != priority) {
                me.setPriority(priority);
            }
        }
    }

    private void restore(Thread me, Birth birth) {
        WeakReference<ClassLoader> reference = birth.loader();
        ClassLoader loader = reference == null ? null : reference.get();
        if (reference == null || loader != null) {
            threads.setLoader(me, loader);
        }
        if (me.getPriority() != birth.priority()) {
            me.setPriority(birth.priority());
        }
    }

    private record Birth(@Nullable WeakReference<ClassLoader> loader, int priority) {}
}
