// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import io.reloader.control.Pinned;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The turn of threads that keep on running to the new code, each between two units of work. Control thread only. */
final class TurningRoll implements PoolRoll {
    private final Object pool;
    private final String why;
    private final Predicate<Thread> works;
    private final Turns turns;
    private final int workers;
    private final long begun = System.nanoTime();
    private final List<Thread> left;

    /** {@code works}: whether a thread is seen with a unit of work in hand. */
    TurningRoll(Pool pool, String why, Predicate<Thread> works, Turns turns) {
        this.pool = pool.identity();
        this.why = why;
        this.works = works;
        this.turns = turns;
        left = new ArrayList<>(pool.threads());
        workers = left.size();
    }

    @Override
    public Object pool() {
        return pool;
    }

    @Override
    public void advance() {
        left.removeIf(thread -> !thread.isAlive() || turns.of(thread) == null || turns.turned(thread, works.negate()));
    }

    @Override
    public boolean finished() {
        return left.isEmpty();
    }

    @Override
    public int workers() {
        return workers;
    }

    @Override
    public Pinned pinned() {
        return new Pinned(workers, why);
    }

    @Override
    public List<Thread> behind() {
        return List.copyOf(left);
    }

    @Override
    public long age(Thread behind) {
        return System.nanoTime() - begun;
    }

    @Override
    public void close() {
        left.clear();
    }
}
