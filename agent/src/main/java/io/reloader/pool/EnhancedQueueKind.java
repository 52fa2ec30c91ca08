// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import org.jspecify.annotations.Nullable;

/** One copy of EnhancedQueueExecutor. */
final class EnhancedQueueKind implements PoolKind {
    private final EnhancedQueueAccess access;
    private final Ledger<EnhancedQueueRoll> ledger;
    private final Tools tools;
    private final EnhancedQueueCaller loop;

    EnhancedQueueKind(Class<?> pool, Tools tools, Ledger<EnhancedQueueRoll> ledger)
            throws ReflectiveOperationException {
        access = new EnhancedQueueAccess(pool);
        this.ledger = ledger;
        this.tools = tools;
        loop = new EnhancedQueueCaller(pool.getName());
        // Links what a worker would otherwise link in the middle of its pool.
        boolean ignored = loop.isWorkerLoop();
    }

    @Override
    public @Nullable Object poolOf(Object met, Thread thread) {
        if (!access.isBody(met)) {
            return null;
        }
        Object pool = access.poolOf(met);
        return thread == Thread.currentThread() || access.running(pool).contains(thread) ? pool : null;
    }

    @Override
    public Pool open(Object pool) {
        return new EnhancedQueuePool(this, pool);
    }

    EnhancedQueueAccess access() {
        return access;
    }

    Ledger<EnhancedQueueRoll> ledger() {
        return ledger;
    }

    Tools tools() {
        return tools;
    }

    boolean askedByWorkerLoop() {
        return loop.isWorkerLoop();
    }
}
