// SPDX-License-Identifier: Apache-2.0
package io.reloader.intake;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JDK's HTTP server: a filter in front of each context makes every answer say {@code Connection: close}. */
final class JdkServer implements Server {
    private final Object server;

    private JdkServer(Object server) {
        this.server = server;
    }

    static @Nullable Server of(Object dispatcher) {
        Object server = Foreign.get(dispatcher, "this$0");
        return server == null ? null : new JdkServer(server);
    }

    @Override
    public void endConnections() {
        if (Foreign.get(server, "contexts.list") instanceof List<?> contexts) {
            for (Object each : contexts.toArray()) {
                if (each instanceof HttpContext context) {
                    add(context.getFilters());
                }
            }
        }
    }

    private static void add(List<Filter> filters) {
        if (filters.stream().noneMatch(Closing.class::isInstance)) {
            filters.add(0, new Closing());
        }
    }

    private static final class Closing extends Filter {
        @Override
        public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
            exchange.getResponseHeaders().set("Connection", "close");
            chain.doFilter(exchange);
        }

        @Override
        public String description() {
            return "reloader: the answer is the connection's last";
        }
    }
}
