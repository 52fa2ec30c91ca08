// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.concurrent.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/** The JDK's ThreadPoolExecutor. */
final class ExecutorFamily implements PoolFamily {
    private static final String WORKER = ThreadPoolExecutor.class.getName() + "$Worker";

    private final Tools tools;

    ExecutorFamily(Tools tools) {
        this.tools = tools;
    }

    @Override
    public @Nullable Class<?> poolClass(Class<?> met) {
        boolean own = met == ThreadPoolExecutor.class
                || (met.getClassLoader() == null && met.getName().equals(WORKER));
        return own ? ThreadPoolExecutor.class : null;
    }

    @Override
    public PoolKind open(Class<?> pool) throws ReflectiveOperationException {
        return new ExecutorKind(pool, tools);
    }

    @Override
    public void prepare(Kinds kinds) {
        // Not in the middle of the application's first pool.
        PoolKind ignored = kinds.of(ThreadPoolExecutor.class);
    }
}
