// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The kind of each object met. What is found is kept with the object's class and goes when that goes: nothing here leads
 * from the agent to a class of the application's. Used by every thread.
 */
final class Kinds {
    private final List<PoolFamily> families;
    private final Consumer<String> trouble;
    private final Predicate<Class<?>> refused;
    private final Found found = new Found();

    Kinds(List<PoolFamily> families, Consumer<String> trouble, Predicate<Class<?>> refused) {
        this.families = families;
        this.trouble = trouble;
        this.refused = refused;
    }

    List<PoolFamily> families() {
        return families;
    }

    /** Of a pool or of a worker; null if it is neither, or not a known one. */
    @Nullable
    PoolKind of(Object met) {
        return found.get(met.getClass()).kind();
    }

    @Nullable
    PoolKind of(Class<?> met) {
        return found.get(met).kind();
    }

    @Nullable
    Pool open(Object pool) {
        Entry entry = found.get(pool.getClass());
        PoolKind kind = entry.kind();
        if (kind == null) {
            return null;
        }
        Pool opened = kind.open(pool);
        return refused.test(entry.type()) ? new UnwovenPool(opened) : LoopPool.orPool(opened);
    }

    /** Takes what was found away from the classes met: it leads to our own, which nothing may keep any longer. */
    void forget() {
        found.forget();
    }

    private Entry find(Class<?> type) {
        for (PoolFamily family : families) {
            Class<?> pool = family.poolClass(type);
            if (pool == type) {
                return open(family, type);
            }
            if (pool != null) {
                return found.get(pool);
            }
        }
        Class<?> parent = type.getSuperclass();
        return parent == null || parent == Object.class ? Entry.NONE : found.get(parent);
    }

    private Entry open(PoolFamily family, Class<?> pool) {
        try {
            return new Entry(pool, family.open(pool));
        } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
            trouble.accept(pool.getName() + " has an unknown shape: its workers are pinned; please report it (" + e
                    + ", java " + Runtime.version() + ")");
            return Entry.NONE;
        }
    }

    private final class Found extends PerClass<Entry> {
        @Override
        Entry find(Class<?> type) {
            return Kinds.this.find(type);
        }
    }

    private record Entry(Class<?> type, @Nullable PoolKind kind) {
        static final Entry NONE = new Entry(Object.class, null);
    }
}
