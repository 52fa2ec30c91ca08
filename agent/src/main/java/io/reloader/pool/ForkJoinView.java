// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;

/** One fork-join pool, opened. */
final class ForkJoinView implements Pool {
    private final ForkJoinKind kind;
    private final ForkJoinAccess access;
    private final ForkJoinPool pool;

    ForkJoinView(ForkJoinKind kind, ForkJoinPool pool) {
        this.kind = kind;
        this.access = kind.access();
        this.pool = pool;
    }

    @Override
    public Object identity() {
        return pool;
    }

    @Override
    public List<Thread> threads() {
        List<Thread> threads = new ArrayList<>();
        for (Object worker : kind.workers(pool)) {
            addOwner(threads, worker);
        }
        return threads;
    }

    /** A worker that waits for what it has forked, or blocks in a ManagedBlocker, is awake and so among them. */
    @Override
    public List<Thread> busy() {
        List<Thread> threads = new ArrayList<>();
        for (Object worker : kind.workers(pool)) {
            if (!access.idle(worker)) {
                addOwner(threads, worker);
            }
        }
        return threads;
    }

    private void addOwner(List<Thread> threads, Object worker) {
        Thread owner = access.owner(worker);
        if (owner != null) {
            threads.add(owner);
        }
    }

    @Override
    public Optional<String> background() {
        return pool == ForkJoinPool.commonPool() ? Optional.of("it is the common pool") : Optional.empty();
    }

    /**
     * The pool's own isQuiescent goes by the counts in ctl, from which a worker that blocks may be taken; here every
     * worker has to wait, and none to be in the making. The low half of ctl changes whenever a worker wakes or waits.
     */
    @Override
    public PoolLook look() {
        long completed = (int) access.ctl(pool) + access.steals(pool);
        boolean idle = true;
        boolean queued = false;
        int workers = 0;
        @Nullable Object[] queues = access.queues(pool);
        for (int i = 0; queues != null && i < queues.length; i++) {
            Object queue = queues[i];
            if (queue == null) {
                continue;
            }
            Thread owner = access.owner(queue);
            if (owner == null) {
                completed += access.base(queue);
                queued |= access.locked(queue) || access.queued(queue) > 0;
            } else if (ForkJoinKind.carrier(owner)) {
                return new PoolLook(true, false, 0);
            } else {
                workers++;
                completed += access.steals(queue);
                queued |= access.queued(queue) > 0;
                idle &= access.idle(queue);
            }
        }
        idle &= workers >= access.total(pool);
        return new PoolLook(idle && !queued, queued, completed);
    }

    @Override
    public PoolRoll roll(long lastOldThread) {
        return kind.ledger().begin(pool, () -> new ForkJoinRoll(kind, pool), lastOldThread);
    }
}
