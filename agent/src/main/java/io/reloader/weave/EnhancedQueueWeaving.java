// SPDX-License-Identifier: Apache-2.0
package io.reloader.weave;

import java.util.List;
import net.bytebuddy.matcher.ElementMatchers;

/** JBoss' EnhancedQueueExecutor and its parts, from 2.4 on. */
final class EnhancedQueueWeaving extends Weaving {
    private final List<Site> sites;

    private EnhancedQueueWeaving(String part, Site... sites) {
        super("EnhancedQueueExecutor", Target.library("org/jboss/threads/EnhancedQueueExecutor" + part));
        this.sites = List.of(sites);
    }

    static EnhancedQueueWeaving pool() {
        return new EnhancedQueueWeaving(
                "",
                new Site(EnhancedQueueAdvice.TryDeallocateThread.class, method("tryDeallocateThread", 1)),
                new Site(
                        EnhancedQueueAdvice.Constructor.class,
                        ElementMatchers.isConstructor().and(ElementMatchers.takesArguments(1))));
    }

    static EnhancedQueueWeaving queue() {
        return new EnhancedQueueWeaving("$QNode", new Site(EnhancedQueueAdvice.GetNext.class, method("getNext", 0)));
    }

    static EnhancedQueueWeaving node() {
        return new EnhancedQueueWeaving(
                "$PoolThreadNode", new Site(EnhancedQueueAdvice.GetTask.class, method("getTask", 0)));
    }

    static EnhancedQueueWeaving worker() {
        return new EnhancedQueueWeaving(
                "$ThreadBody",
                new Site(EnhancedQueueAdvice.Run.class, method("run", 0)),
                // Later versions do without it: there a worker looks for a task without holding a lock.
                new Site(EnhancedQueueAdvice.DoRunTask.class, method("doRunTask", 1), true));
    }

    @Override
    List<Site> sites() {
        return sites;
    }
}
