// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The pools met so far, weakly; and not their kinds, as a kind holds the class and so the class loader. Filled by the threads that make pools and by discovery; read
 * by the control thread.
 */
final class Registry {
    private final WeakIdentityMap<Object, Long> pools = new WeakIdentityMap<>();
    private final AtomicLong next = new AtomicLong();

    void add(Object pool) {
        if (pools.get(pool) == null) {
            pools.putIfAbsent(pool, next.getAndIncrement());
        }
    }

    boolean contains(Object pool) {
        return pools.get(pool) != null;
    }

    /** In the order in which they were met. */
    List<Pool> open(Kinds kinds) {
        record Met(long order, Pool pool) {}

        List<Met> met = new ArrayList<>();
        pools.forEach((pool, order) -> {
            Pool opened = kinds.open(pool);
            if (opened != null) {
                met.add(new Met(order, opened));
            }
        });
        met.sort(Comparator.comparingLong(Met::order));
        List<Pool> all = new ArrayList<>();
        for (Met each : met) {
            all.add(each.pool());
        }
        return all;
    }
}
