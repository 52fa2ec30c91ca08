// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.concurrent.ReloaderEnhancedQueueHooks;
import org.jspecify.annotations.Nullable;

/** JBoss' EnhancedQueueExecutor, 2.4 to 3.9: the pool of Undertow's XNIO workers, WildFly and Quarkus. */
final class EnhancedQueueFamily implements PoolFamily {
    private static final LibraryName POOL = new LibraryName("org.jboss.threads.EnhancedQueueExecutor");

    private final Tools tools;
    private final Ledger<EnhancedQueueRoll> ledger =
            new Ledger<>(rolling -> ReloaderEnhancedQueueHooks.rolling = rolling);
    private @Nullable EnhancedQueueHooks hooks;

    EnhancedQueueFamily(Tools tools) {
        this.tools = tools;
    }

    @Override
    public @Nullable Class<?> poolClass(Class<?> met) {
        if (POOL.fits(met.getName())) {
            return met;
        }
        return POOL.fitsNested(met.getName(), "ThreadBody") ? met.getDeclaringClass() : null;
    }

    @Override
    public PoolKind open(Class<?> pool) throws ReflectiveOperationException {
        return new EnhancedQueueKind(pool, tools, ledger);
    }

    @Override
    public void prepare(Kinds kinds) {
        hooks = new EnhancedQueueHooks(tools, ledger, kinds);
    }

    @Override
    public void hook(Kinds kinds) {
        ReloaderEnhancedQueueHooks.handler = hooks;
    }

    @Override
    public void unhook() {
        ReloaderEnhancedQueueHooks.handler = null;
    }

    @Override
    public boolean settled() {
        ledger.sweep();
        return ledger.rolls().isEmpty();
    }
}
