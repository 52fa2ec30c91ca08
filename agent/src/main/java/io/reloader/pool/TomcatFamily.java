// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.concurrent.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Tomcat's ThreadPoolExecutor: a copy of the JDK's, with the same private parts; in older versions (9.0.50 is one) a
 * subclass, which is rolled as the JDK's.
 */
final class TomcatFamily implements PoolFamily {
    private static final LibraryName POOL = new LibraryName("org.apache.tomcat.util.threads.ThreadPoolExecutor");

    private final Tools tools;

    TomcatFamily(Tools tools) {
        this.tools = tools;
    }

    @Override
    public @Nullable Class<?> poolClass(Class<?> met) {
        if (POOL.fits(met.getName())) {
            return ThreadPoolExecutor.class.isAssignableFrom(met) ? null : met;
        }
        return POOL.fitsNested(met.getName(), "Worker") ? met.getDeclaringClass() : null;
    }

    @Override
    public PoolKind open(Class<?> pool) throws ReflectiveOperationException {
        return new ExecutorKind(pool, tools);
    }
}
