// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import org.jspecify.annotations.Nullable;

/** ThreadPoolExecutor and its subclasses, ScheduledThreadPoolExecutor among them. */
final class ExecutorKind implements PoolKind {
    private static final String RMI = "sun.rmi.transport.tcp.";

    private final ExecutorAccess access;
    private final Ledger<ExecutorRoll> ledger;
    private final Transfer transfer;
    private final CallerCheck caller;
    private final Turns turns;
    private final Runnable wake;
    private final int batch;

    /** @param pool the executor class */
    ExecutorKind(Class<?> pool, Tools tools) throws ReflectiveOperationException {
        access = new ExecutorAccess(pool);
        Threads threads = tools.threads();
        ledger = threads.ledger();
        transfer = new Transfer(access, threads.access(), threads.births());
        caller = new CallerCheck(pool.getName());
        turns = tools.turns();
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
        ExecutorPool opened = new ExecutorPool(this, pool);
        return servesConnections(pool) ? new FreshPool(pool, opened.threads(), turns) : opened;
    }

    private static boolean servesConnections(Object pool) {
        Object factory = FieldPath.read(pool, "threadFactory");
        return factory != null && factory.getClass().getName().startsWith(RMI);
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
