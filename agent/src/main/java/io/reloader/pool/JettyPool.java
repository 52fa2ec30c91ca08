// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.ArrayList;
import java.util.List;

/** One of Jetty's pools, opened. */
final class JettyPool implements Pool {
    private final JettyKind kind;
    private final JettyAccess access;
    private final Object pool;

    JettyPool(JettyKind kind, Object pool) {
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
        return new ArrayList<>(access.threads(pool));
    }

    /** Not those that accept, select or wait in reserve: they hold no unit of work, though they run a job. */
    @Override
    public List<Thread> busy() {
        List<Thread> busy = new ArrayList<>();
        for (Thread thread : access.threads(pool)) {
            if (thread.getState() != Thread.State.NEW && kind.work(thread) == JettyWork.BUSY) {
                busy.add(thread);
            }
        }
        return busy;
    }

    @Override
    public PoolLook look() {
        boolean queued = !access.jobs(pool).isEmpty();
        // The count is lowered when a job is queued, so a job on its way from the queue to a worker is seen.
        boolean someBusy = access.running(pool) && access.idleCount(pool) != access.threadCount(pool);
        boolean idle = !queued && (!someBusy || busy().isEmpty());
        return new PoolLook(idle, queued, kind.jobs().begun());
    }

    @Override
    public int waiting() {
        return access.jobs(pool).size();
    }

    @Override
    public PoolRoll roll(long lastOldThread) {
        return kind.ledger().begin(pool, () -> new JettyRoll(kind, pool), lastOldThread);
    }
}
