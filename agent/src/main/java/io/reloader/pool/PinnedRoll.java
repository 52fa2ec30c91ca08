// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import io.reloader.control.Pinned;
import java.util.List;

/** Nothing to do: all of the pool's workers keep their threads. */
record PinnedRoll(Object pool, int workers, String why) implements PoolRoll {

    @Override
    public void advance() {}

    @Override
    public boolean finished() {
        return true;
    }

    @Override
    public Pinned pinned() {
        return new Pinned(workers, why);
    }

    @Override
    public List<Thread> behind() {
        return List.of();
    }

    @Override
    public void close() {}
}
