// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.concurrent.ReloaderJettyHooks;
import org.jspecify.annotations.Nullable;

/** Jetty's QueuedThreadPool, 10 to 12.1, and its copies in other packages. That of 9.4 is refused when it is woven. */
final class JettyFamily implements PoolFamily {
    private static final String POOL = "jetty.util.thread.QueuedThreadPool";
    private static final String RUNNER = "$Runner";

    private final Tools tools;
    private final JettyJobs jobs = new JettyJobs();
    private final Ledger<JettyRoll> ledger = new Ledger<>(jobs::rolling);
    private final JettyProducers producers = new JettyProducers();

    JettyFamily(Tools tools) {
        this.tools = tools;
    }

    @Override
    public @Nullable Class<?> poolClass(Class<?> met) {
        String name = met.getName();
        if (name.endsWith(POOL)) {
            return met;
        }
        return name.endsWith(POOL + RUNNER) ? met.getNestHost() : null;
    }

    @Override
    public PoolKind open(Class<?> pool) throws ReflectiveOperationException {
        return new JettyKind(pool, new JettyKind.Shared(tools, ledger, jobs, producers));
    }

    @Override
    public void hook(Kinds kinds) {
        ReloaderJettyHooks.handler = new JettyHooks(kinds, tools, ledger, jobs);
    }

    @Override
    public void unhook() {
        ReloaderJettyHooks.handler = null;
        producers.forget();
    }

    @Override
    public boolean settled() {
        ledger.sweep();
        return ledger.rolls().isEmpty();
    }
}
