// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.List;
import java.util.Optional;

/** Threads that each live for one task, as they are at one moment. */
record FreshPool(Object identity, List<Thread> threads) implements Pool {

    @Override
    public Optional<String> background() {
        return Optional.empty();
    }

    @Override
    public Optional<String> serving() {
        return Optional.of("each of its threads lives for one task");
    }

    @Override
    public PoolLook look() {
        return new PoolLook(threads.isEmpty(), false, 0);
    }

    @Override
    public List<Thread> busy() {
        return threads;
    }

    @Override
    public PoolRoll roll(long lastOldThread) {
        return new FreshRoll(identity, threads);
    }
}
