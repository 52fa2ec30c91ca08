// SPDX-License-Identifier: Apache-2.0
package io.reloader.intake;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The servers that are known, each by an object within reach of one of its threads; relocated copies, too. */
enum Kind {
    TOMCAT("Tomcat", "org.apache.tomcat.util.net.Acceptor", TomcatServer::of),
    JETTY("Jetty", "org.eclipse.jetty.util.thread.QueuedThreadPool$Runner", JettyServer::of),
    UNDERTOW("Undertow", "org.xnio.nio.WorkerThread", UndertowServer::of),
    NETTY("Netty", "io.netty.util.concurrent.SingleThreadEventExecutor", NettyServer::of),
    JDK("the JDK's HTTP server", "sun.net.httpserver.ServerImpl$Dispatcher", JdkServer::of);

    final String title;
    private final String type;

    @SuppressWarnings("ImmutableEnumChecker")
    private final Function<Object, @Nullable Server> server;

    Kind(String title, String type, Function<Object, @Nullable Server> server) {
        this.title = title;
        this.type = type;
        this.server = server;
    }

    static @Nullable Kind of(Object object) {
        for (Class<?> up = object.getClass(); up != null; up = up.getSuperclass()) {
            for (Kind each : values()) {
                if (Foreign.named(up.getName(), each.type)) {
                    return each;
                }
            }
        }
        return null;
    }

    /** Null if the object leads to none. */
    @Nullable
    Server server(Object found) {
        return server.apply(found);
    }
}
