// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Threads that each live for one task or connection, as they are at one moment. */
record FreshPool(Object identity, List<Thread> threads, Turns turns) implements Pool {

    @Override
    public Optional<String> serving() {
        return Optional.of("each of its threads lives for one task");
    }

    @Override
    public PoolLook look() {
        return new PoolLook(busy().isEmpty(), false, 0);
    }

    @Override
    public List<Thread> busy() {
        List<Thread> busy = new ArrayList<>();
        for (Thread thread : threads) {
            if (!KnownLoop.waits(thread)) {
                busy.add(thread);
            }
        }
        return busy;
    }

    @Override
    public PoolRoll roll(long lastOldThread) {
        return new FreshRoll(identity, threads, thread -> turns.turned(thread, KnownLoop::waits));
    }
}
