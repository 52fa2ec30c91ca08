// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.List;
import java.util.Optional;

/** A pool made for one loop that never ends: its one worker is pinned. Used on the control thread. */
record LoopPool(Pool pool, Thread worker) implements Pool {
    private static final String WHY = "its one task is a loop; it takes the new code with its next turn";

    /** The pool itself unless it is such a one. */
    static Pool orPool(Pool pool) {
        List<Thread> threads = pool instanceof ExecutorPool ? pool.threads() : List.of();
        boolean looping = threads.size() == 1 && KnownLoop.HAZELCAST_PARKER.runsOn(threads.get(0));
        return looping ? new LoopPool(pool, threads.get(0)) : pool;
    }

    @Override
    public Object identity() {
        return pool.identity();
    }

    @Override
    public List<Thread> threads() {
        return List.of(worker);
    }

    @Override
    public Optional<String> background() {
        return Optional.of(WHY);
    }

    @Override
    public String pin() {
        return WHY;
    }

    @Override
    public PoolLook look() {
        return new PoolLook(busy().isEmpty(), false, 0);
    }

    @Override
    public List<Thread> busy() {
        return KnownLoop.waits(worker) ? List.of() : List.of(worker);
    }

    @Override
    public PoolRoll roll(long lastOldThread) {
        return new PinnedRoll(pool.identity(), 1, WHY);
    }
}
