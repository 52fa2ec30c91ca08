// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import org.jspecify.annotations.Nullable;

/** ThreadPoolExecutor and its subclasses, ScheduledThreadPoolExecutor among them. */
final class ExecutorKind implements PoolKind {
    private final ExecutorAccess access;
    private final Ledger<ExecutorRoll> ledger;
    private final Transfer transfer;
    private final CallerCheck caller;
    private final Runnable wake;
    private final int batch;

    /** @param pool the executor class */
    ExecutorKind(Class<?> pool, Tools tools) throws ReflectiveOperationException {
        access = new ExecutorAccess(pool);
        Threads threads = tools.threads();
        ledger = threads.ledger();
        transfer = new Transfer(access, threads.access(), threads.births());
        caller = new CallerCheck(pool.getName());
        wake = tools.wake();
        batch = tools.batch();
        // Links what a worker would otherwise link in the middle of its pool.
        boolean ignored = caller.isGetTask();
    }

    @Override
    public @Nullable Object poolOf(Object met, Thread thread) {
        return access.isWorker(met) && access.thread(met) == thread ? access.poolOf(met) : null;
    }

    @Override
    public Pool open(Object pool) {
        return new ExecutorPool(this, pool);
    }

    ExecutorAccess access() {
        return access;
    }

    Ledger<ExecutorRoll> ledger() {
        return ledger;
    }

    Transfer transfer() {
        return transfer;
    }

    int batch() {
        return batch;
    }

    boolean askedByGetTask() {
        return caller.isGetTask();
    }

    void wake() {
        wake.run();
    }
}
