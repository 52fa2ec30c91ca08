// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One table for each class loader, gone with it. By identity: loaders may define equals and hashCode. Any thread. */
final class LoaderTables {
    private final ConcurrentHashMap<Key, LoaderTable> tables = new ConcurrentHashMap<>();
    private final ReferenceQueue<ClassLoader> unloaded = new ReferenceQueue<>();

    LoaderTable of(ClassLoader loader) {
        LoaderTable known = tables.get(new Key(loader, null));
        if (known != null) {
            return known;
        }
        for (Reference<?> key = unloaded.poll(); key != null; key = unloaded.poll()) {
            tables.remove(key);
        }
        LoaderTable made = new LoaderTable(loader);
        LoaderTable other = tables.putIfAbsent(new Key(loader, unloaded), made);
        return other == null ? made : other;
    }

    void forEach(Consumer<LoaderTable> action) {
        tables.values().forEach(action);
    }

    int classes() {
        int sum = 0;
        for (LoaderTable table : tables.values()) {
            sum += table.size();
        }
        return sum;
    }

    /** As {@link LoaderTable#ahead}, of all. */
    long ahead() {
        return tables.values().stream().mapToLong(LoaderTable::ahead).sum();
    }

    private static final class Key extends WeakReference<ClassLoader> {
        private final int hash;

        Key(ClassLoader loader, @Nullable ReferenceQueue<ClassLoader> queue) {
            super(loader, queue);
            hash = System.identityHashCode(loader);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(@Nullable Object o) {
            if (this == o) {
                return true;
            }
            ClassLoader loader = get();
            return loader != null && o instanceof Key other && other.refersTo(loader);
        }
    }
}
