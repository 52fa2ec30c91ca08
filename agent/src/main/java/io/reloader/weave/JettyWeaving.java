// SPDX-License-Identifier: Apache-2.0
package io.reloader.weave;

import java.util.List;

/** The classes of Jetty's QueuedThreadPool, the same in 10 to 12.1. */
final class JettyWeaving extends Weaving {
    private static final String KIND = "Jetty QueuedThreadPool";

    static final JettyWeaving POOL = new JettyWeaving(
            KIND,
            "QueuedThreadPool",
            new Site(JettyAdvice.Evict.class, method("evict", 0)),
            new Site(JettyAdvice.AddCounts.class, method("addCounts", 2)));

    static final JettyWeaving RUNNER = new JettyWeaving(
            KIND,
            "QueuedThreadPool$Runner",
            new Site(JettyAdvice.Run.class, method("run", 0)),
            new Site(JettyAdvice.IdleJobPoll.class, method("idleJobPoll", 1)),
            new Site(JettyAdvice.DoRunJob.class, method("doRunJob", 1)));

    static final JettyWeaving RESERVE = new JettyWeaving(
            "Jetty ThreadIdPool", "ThreadIdPool", new Site(JettyAdvice.Offer.class, method("offer", 1)));

    private final List<Site> sites;

    private JettyWeaving(String kind, String name, Site... sites) {
        super(kind, Target.library("jetty/util/thread/" + name));
        this.sites = List.of(sites);
    }

    @Override
    List<Site> sites() {
        return sites;
    }

    @Override
    String loss() {
        return this == RESERVE ? "reserved threads keep their thread until they idle out" : super.loss();
    }
}
