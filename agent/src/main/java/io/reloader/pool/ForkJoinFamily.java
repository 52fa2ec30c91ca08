// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.ReloaderForkJoinHooks;
import org.jspecify.annotations.Nullable;

/** The JDK's ForkJoinPool, the common pool among them; not the scheduler of virtual threads. */
final class ForkJoinFamily implements PoolFamily {
    private final Tools tools;
    private final Ledger<ForkJoinRoll> ledger = new Ledger<>(rolling -> ReloaderForkJoinHooks.rolling = rolling);
    /** Null in a JVM whose pool is unknown. Written once, on the start-up thread. */
    private @Nullable ForkJoinHooks hooks;

    ForkJoinFamily(Tools tools) {
        this.tools = tools;
    }

    @Override
    public @Nullable Class<?> poolClass(Class<?> met) {
        return met == ForkJoinPool.class || met == ForkJoinWorkerThread.class ? ForkJoinPool.class : null;
    }

    @Override
    public PoolKind open(Class<?> pool) throws ReflectiveOperationException {
        return new ForkJoinKind(tools, ledger);
    }

    @Override
    public void prepare(Kinds kinds) {
        // Not in the middle of the application's first pool. An unknown one is said when it is met.
        if (ForkJoinVersion.known() && kinds.of(ForkJoinPool.class) instanceof ForkJoinKind kind) {
            hooks = new ForkJoinHooks(kind);
        }
    }

    @Override
    public void hook(Kinds kinds) {
        ReloaderForkJoinHooks.handler = hooks;
    }

    @Override
    public void unhook() {
        ReloaderForkJoinHooks.handler = null;
    }

    @Override
    public boolean settled() {
        ledger.sweep();
        return ledger.rolls().isEmpty();
    }
}
