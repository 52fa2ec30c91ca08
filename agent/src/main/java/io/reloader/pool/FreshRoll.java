// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The wait for threads that each live for one task or connection: those alive at the signal may be in the old code until
 * they end, or until they are seen waiting for the next request of their connection.
 */
final class FreshRoll implements PoolRoll {
    private final Object pool;
    private final Predicate<Thread> waits;
    private final int workers;
    private final long begun = System.nanoTime();
    private List<Thread> alive;
    private long lastGone = begun;

    FreshRoll(Object pool, List<Thread> alive, Predicate<Thread> waits) {
        this.pool = pool;
        this.waits = waits;
        this.alive = alive;
        workers = alive.size();
    }

    @Override
    public Object pool() {
        return pool;
    }

    @Override
    public void advance() {
        List<Thread> left = new ArrayList<>();
        for (Thread thread : alive) {
            if (thread.isAlive() && !waits.test(thread)) {
                left.add(thread);
            }
        }
        if (left.size() < alive.size()) {
            alive = left;
            lastGone = System.nanoTime();
        }
    }

    @Override
    public boolean finished() {
        return alive.isEmpty();
    }

    @Override
    public int workers() {
        return workers;
    }

    @Override
    public int rolled() {
        return workers - alive.size();
    }

    @Override
    public boolean fresh() {
        return true;
    }

    @Override
    public long nanos() {
        return lastGone - begun;
    }

    @Override
    public List<Thread> behind() {
        return List.copyOf(alive);
    }

    @Override
    public long age(Thread behind) {
        return System.nanoTime() - begun;
    }

    @Override
    public void close() {}
}
