// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What is known about objects of the application, as long as it keeps them. Never calls their equals or hashCode.
 * Written and read by any thread; values must not refer to their keys.
 */
final class WeakIdentityMap<K, V> {
    private final ConcurrentHashMap<Object, V> entries = new ConcurrentHashMap<>();
    private final ReferenceQueue<K> dead = new ReferenceQueue<>();

    @Nullable
    V get(K key) {
        return entries.get(new Probe(key));
    }

    /** Leaves an entry that is there as it is. */
    void putIfAbsent(K key, V value) {
        for (Object gone = dead.poll(); gone != null; gone = dead.poll()) {
            entries.remove(gone);
        }
        entries.putIfAbsent(new Key<>(key, dead), value);
    }

    void forEach(BiConsumer<? super K, ? super V> action) {
        List<Object> keys = new ArrayList<>(entries.keySet());
        for (Object each : keys) {
            @SuppressWarnings("unchecked")
            K key = ((Key<K>) each).get();
            V value = entries.get(each);
            if (key != null && value != null) {
                action.accept(key, value);
            }
        }
    }

    private static final class Key<K> extends WeakReference<K> {
        private final int hash;

        Key(K referent, ReferenceQueue<K> queue) {
            super(referent, queue);
            hash = System.identityHashCode(referent);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(Object other) {
            return this == other || (other instanceof Key<?> key && get() != null && key.get() == get());
        }
    }

    /** Finds a key without making a reference. */
    private static final class Probe {
        private final Object sought;

        Probe(Object sought) {
            this.sought = sought;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(sought);
        }

        @Override
        @SuppressWarnings("EqualsUnsafeCast")
        public boolean equals(Object other) {
            // The map asks the sought key about the stored one, never the other way round.
            return other instanceof Key<?> key && key.get() == sought;
        }
    }
}
