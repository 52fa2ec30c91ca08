// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Pools whose workers have been seen serving a request. A pool keeps what it was seen doing, as the next look may find
 * it idle. Control thread only.
 */
final class ServingFrames {
    private static final int SAMPLED = 4;

    /** Outermost classes through which only a server calls; may be relocated. */
    private static final List<String> SERVING = List.of(
            "jakarta.servlet.http.HttpServlet",
            "javax.servlet.http.HttpServlet",
            "org.apache.tomcat.util.net.SocketProcessorBase",
            "org.springframework.web.context.request.async.WebAsyncManager",
            "org.eclipse.jetty.server.Server",
            "org.eclipse.jetty.server.AbstractConnector",
            "org.eclipse.jetty.server.HttpConnection",
            "org.eclipse.jetty.server.internal.HttpConnection",
            "io.undertow.server.Connectors",
            "sun.net.httpserver.ServerImpl",
            "com.sun.net.httpserver.Filter",
            "io.grpc.internal.ServerImpl",
            "io.grpc.internal.ServerCallImpl",
            "io.grpc.stub.ServerCalls",
            "io.helidon.webserver.ConnectionHandler",
            "kafka.server.KafkaRequestHandler");

    private final WeakIdentityMap<Object, String> seen = new WeakIdentityMap<>();

    /** Why the pool serves requests, if one of its workers was ever seen doing so. */
    Optional<String> seen(Pool pool) {
        String before = seen.get(pool.identity());
        if (before != null) {
            return Optional.of(before);
        }
        int sampled = 0;
        for (Thread thread : pool.busy()) {
            String frame = serving(thread.getStackTrace());
            if (frame != null) {
                String why = thread.getName() + " was seen serving a request, in " + frame;
                seen.putIfAbsent(pool.identity(), why);
                return Optional.of(why);
            }
            if (++sampled == SAMPLED) {
                break;
            }
        }
        return Optional.empty();
    }

    private static @Nullable String serving(StackTraceElement[] stack) {
        for (StackTraceElement frame : stack) {
            String type = frame.getClassName();
            int nested = type.indexOf('$');
            String outer = nested < 0 ? type : type.substring(0, nested);
            for (String each : SERVING) {
                if (Suffix.matches(outer, each)) {
                    return type + "." + frame.getMethodName();
                }
            }
        }
        return null;
    }
}
