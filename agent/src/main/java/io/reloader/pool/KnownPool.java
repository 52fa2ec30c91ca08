// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import io.reloader.control.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A group of known threads, as a pool. */
final class KnownPool implements Pool {
    private final KnownThreads group;
    private final KnownThread row;
    private final Turns turns;

    KnownPool(KnownThreads group, Turns turns) {
        this.turns = turns;
        this.group = group;
        row = group.row;
    }

    @Override
    public Object identity() {
        return group;
    }

    @Override
    public List<Thread> threads() {
        return group.alive();
    }

    @Override
    public Optional<String> background() {
        return row.role == Role.TASK ? Optional.of(row.why) : Optional.empty();
    }

    @Override
    public Optional<String> serving() {
        return row.role == Role.WORKER ? Optional.of(row.why) : Optional.empty();
    }

    @Override
    public @Nullable String pin() {
        return row.fresh ? null : row.why;
    }

    @Override
    public PoolLook look() {
        return new PoolLook(busy().isEmpty(), false, 0);
    }

    @Override
    public List<Thread> busy() {
        List<Thread> busy = new ArrayList<>();
        for (Thread thread : group.alive()) {
            if (row.works(thread.getStackTrace())) {
                busy.add(thread);
            }
        }
        return busy;
    }

    @Override
    public PoolRoll roll(long lastOldThread) {
        return row.fresh
                ? new FreshRoll(group, group.alive(), thread -> turns.turned(thread, row::waits))
                : new TurningRoll(this, row.why, thread -> row.works(thread.getStackTrace()), turns);
    }
}
