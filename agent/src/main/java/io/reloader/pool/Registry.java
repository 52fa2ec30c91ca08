// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** The pools met so far, weakly. Filled by the threads that make pools and by discovery; read by the control thread. */
final class Registry {
    private final WeakIdentityMap<Object, Entry> pools = new WeakIdentityMap<>();
    private final AtomicLong next = new AtomicLong();

    void add(PoolKind kind, Object pool) {
        if (pools.get(pool) == null) {
            pools.putIfAbsent(pool, new Entry(kind, next.getAndIncrement()));
        }
    }

    /** In the order in which they were met. */
    List<Pool> open() {
        record Met(long order, Pool pool) {}

        List<Met> met = new ArrayList<>();
        pools.forEach(
                (pool, entry) -> met.add(new Met(entry.order(), entry.kind().open(pool))));
        met.sort(Comparator.comparingLong(Met::order));
        List<Pool> all = new ArrayList<>();
        for (Met each : met) {
            all.add(each.pool());
        }
        return all;
    }

    private record Entry(PoolKind kind, long order) {}
}
