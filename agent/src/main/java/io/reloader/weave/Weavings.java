// SPDX-License-Identifier: Apache-2.0
package io.reloader.weave;

import org.jspecify.annotations.Nullable;

/** All that is woven: a kind of pool is added by its line here. */
final class Weavings {
    private final Weaving[] all;

    Weavings(Weaving... all) {
        this.all = all.clone();
    }

    static Weavings known() {
        int release = Runtime.version().feature();
        return new Weavings(
                ExecutorWeaving.jdk(),
                ExecutorWeaving.tomcat(),
                EnhancedQueueWeaving.pool(),
                EnhancedQueueWeaving.queue(),
                EnhancedQueueWeaving.node(),
                EnhancedQueueWeaving.worker(),
                JettyWeaving.POOL,
                JettyWeaving.RUNNER,
                JettyWeaving.RESERVE,
                JettyWeaving.SELECTOR,
                NettyWeaving.LOOP,
                NettyWeaving.EXECUTOR,
                new ForkJoinWeaving(release),
                new ForkJoinQueueWeaving(release),
                new SignalWeaving(),
                new LinkageWeaving());
    }

    /** The weaving of this class, by its name with slashes; null for nearly every class. */
    @Nullable
    Weaving find(@Nullable ClassLoader loader, String internalName) {
        for (Weaving each : all) {
            if (each.target().fits(loader, internalName)) {
                return each;
            }
        }
        return null;
    }
}
