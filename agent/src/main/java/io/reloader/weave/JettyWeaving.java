// SPDX-License-Identifier: Apache-2.0
package io.reloader.weave;

import java.util.List;

/** The classes of Jetty's QueuedThreadPool, the same in 10 to 12.1. */
final class JettyWeaving extends Weaving {
    private static final String KIND = "Jetty QueuedThreadPool";

    static final JettyWeaving POOL = new JettyWeaving(
            KIND,
            "util/thread/QueuedThreadPool",
            new Site(JettyAdvice.Evict.class, method("evict", 0)),
            new Site(JettyAdvice.AddCounts.class, method("addCounts", 2)));

    static final JettyWeaving RUNNER = new JettyWeaving(
            KIND,
            "util/thread/QueuedThreadPool$Runner",
            new Site(JettyAdvice.Run.class, method("run", 0)),
            new Site(JettyAdvice.IdleJobPoll.class, method("idleJobPoll", 1)),
            new Site(JettyAdvice.DoRunJob.class, method("doRunJob", 1)));

    static final JettyWeaving RESERVE = new JettyWeaving(
            "Jetty ThreadIdPool", "util/thread/ThreadIdPool", new Site(JettyAdvice.Offer.class, method("offer", 1)));

    static final JettyWeaving SELECTOR = new JettyWeaving(
            "Jetty ManagedSelector",
            "io/ManagedSelector$SelectorProducer",
            new Site(JettyAdvice.Select.class, method("select", 0)));

    private final List<Site> sites;

    private JettyWeaving(String kind, String name, Site... sites) {
        super(kind, Target.library("jetty/" + name));
        this.sites = List.of(sites);
    }

    @Override
    List<Site> sites() {
        return sites;
    }

    @Override
    String loss() {
        if (this == RESERVE) {
            return "reserved threads keep their thread until they idle out";
        }
        return this == SELECTOR ? "selectors keep their thread until they have a connection to serve" : super.loss();
    }
}
