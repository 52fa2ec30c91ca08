// SPDX-License-Identifier: Apache-2.0
package io.reloader.weave;

import java.util.List;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatchers;

/** The event loops of Netty 4.2, which can be suspended; those of 4.1 are left alone. */
final class NettyWeaving extends Weaving {
    static final NettyWeaving LOOP = new NettyWeaving(
            "channel/SingleThreadIoEventLoop", new Site(NettyAdvice.CanSuspend.class, method("canSuspend", 1)));

    static final NettyWeaving EXECUTOR = new NettyWeaving(
            "util/concurrent/SingleThreadEventExecutor",
            new Site(NettyAdvice.DoStartThread.class, method("doStartThread", 0)));

    private final List<Site> sites;

    private NettyWeaving(String name, Site site) {
        super("Netty event loop", Target.library("io/netty/" + name));
        sites = List.of(site);
    }

    @Override
    List<Site> sites() {
        return sites;
    }

    @Override
    boolean spares(TypeDescription type) {
        return type.getDeclaredMethods()
                .filter(ElementMatchers.named("canSuspend"))
                .isEmpty();
    }
}
