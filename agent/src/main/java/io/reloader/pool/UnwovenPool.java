// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.List;
import java.util.Optional;

/** A pool that can be looked at, but whose class has no hooks: its workers are pinned. Used on the control thread. */
final class UnwovenPool implements Pool {
    private final Pool pool;

    UnwovenPool(Pool pool) {
        this.pool = pool;
    }

    @Override
    public Object identity() {
        return pool.identity();
    }

    @Override
    public List<Thread> threads() {
        return pool.threads();
    }

    @Override
    public Optional<String> background() {
        return pool.background();
    }

    @Override
    public Optional<String> serving() {
        return pool.serving();
    }

    @Override
    public String pin() {
        return "its class is not a known one";
    }

    @Override
    public List<WorkerLook> workers() {
        return pool.workers();
    }

    @Override
    public PoolLook look() {
        return pool.look();
    }

    @Override
    public List<Thread> busy() {
        return pool.busy();
    }

    @Override
    public PoolRoll roll(long lastOldThread) {
        return new NoRoll(pool);
    }

    private record NoRoll(Object pool, List<Thread> behind) implements PoolRoll {
        NoRoll(Pool of) {
            this(of.identity(), of.threads());
        }

        @Override
        public void advance() {}

        @Override
        public boolean finished() {
            return true;
        }

        @Override
        public int workers() {
            return behind.size();
        }

        @Override
        public Optional<String> trouble() {
            return Optional.of("its class is not a known one: its workers are pinned");
        }

        @Override
        public void close() {}
    }
}
