// SPDX-License-Identifier: Apache-2.0
package io.reloader.weave;

import java.util.Arrays;
import java.util.List;

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

    List<Aim> aims() {
        return Arrays.stream(all).map(Weaving::aim).toList();
    }

    Weaving of(Aim aim) {
        return Arrays.stream(all)
                .filter(each -> each.aim().equals(aim))
                .findFirst()
                .orElseThrow();
    }
}
