// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;

/** Pools as XNIO and Quarkus make them. */
record JBossPool(ClassLoader loader) {

    static JBossPool of(String version) {
        return new JBossPool(PoolCopies.loader(
                "jboss-threads-" + version,
                "jboss-logging-3.6.1.Final",
                "wildfly-common-1.3.0.Final",
                "smallrye-common-annotation-2.12.0",
                "smallrye-common-constraint-2.12.0",
                "smallrye-common-cpu-2.12.0",
                "smallrye-common-function-2.12.0"));
    }

    /** With all its threads. */
    ExecutorService make(int size, ThreadFactory factory) {
        try {
            Class<?> type = loader.loadClass("org.jboss.threads.EnhancedQueueExecutor");
            Class<?> building = loader.loadClass("org.jboss.threads.EnhancedQueueExecutor$Builder");
            Object builder = building.getConstructor().newInstance();
            building.getMethod("setThreadFactory", ThreadFactory.class).invoke(builder, factory);
            building.getMethod("setMaximumPoolSize", int.class).invoke(builder, size);
            building.getMethod("setCorePoolSize", int.class).invoke(builder, size);
            building.getMethod("setRegisterMBean", boolean.class).invoke(builder, false);
            ExecutorService pool = (ExecutorService) building.getMethod("build").invoke(builder);
            type.getMethod("prestartAllCoreThreads").invoke(pool);
            return pool;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
