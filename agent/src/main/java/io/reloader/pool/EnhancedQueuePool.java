// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One EnhancedQueueExecutor, opened. */
final class EnhancedQueuePool implements Pool {
    private final EnhancedQueueKind kind;
    private final EnhancedQueueAccess access;
    private final Object pool;

    EnhancedQueuePool(EnhancedQueueKind kind, Object pool) {
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
        return new ArrayList<>(access.running(pool));
    }

    @Override
    public List<Thread> busy() {
        IdentityHashMap<Thread, Object> waiting = waiting(access, pool);
        List<Thread> threads = new ArrayList<>();
        for (Thread thread : access.running(pool)) {
            if (!waiting.containsKey(thread)) {
                threads.add(thread);
            }
        }
        return threads;
    }

    /**
     * The pool counts its work only if a property says so. But a worker waits in a new node after each task: if all
     * wait, and in the same nodes as before, nothing was done.
     */
    @Override
    public PoolLook look() {
        boolean queued = access.isTaskNode(access.first(pool));
        IdentityHashMap<Thread, Object> waiting = waiting(access, pool);
        long stamp = 0;
        for (Object node : waiting.values()) {
            stamp += System.identityHashCode(node);
        }
        return new PoolLook(!queued && waiting.size() == access.size(pool), queued, stamp);
    }

    /** The workers that wait for a task, and where: in nodes that hang together behind the queue's last task. */
    static IdentityHashMap<Thread, Object> waiting(EnhancedQueueAccess access, Object pool) {
        IdentityHashMap<Thread, Object> all = new IdentityHashMap<>();
        @Nullable Object node = access.first(pool);
        for (; node != null && access.isThreadNode(node); node = access.next(node)) {
            if (access.waits(node)) {
                all.put(access.thread(node), node);
            }
        }
        return all;
    }

    @Override
    public PoolRoll roll(long lastOldThread) {
        return kind.ledger().begin(pool, () -> new EnhancedQueueRoll(kind, pool), lastOldThread);
    }
}
