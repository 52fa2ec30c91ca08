// SPDX-License-Identifier: Apache-2.0
package io.reloader.intake;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The connectors that a thread pool of Jetty works for, as its budget knows them. Told to shut down, a connector's
 * answers say {@code Connection: close}. Its own shutdown() would do more: interrupt the acceptors, and give every
 * connection a second.
 */
final class JettyServer implements Server {
    private static final String CONNECTOR = "org.eclipse.jetty.server.AbstractConnector";
    private static final String GRACEFUL = "org.eclipse.jetty.util.component.Graceful";

    private static final String HTTP2 = "org.eclipse.jetty.http2.HTTP2Connection";

    private final List<Object> connectors;
    private boolean told;

    private JettyServer(List<Object> connectors) {
        this.connectors = connectors;
    }

    static @Nullable Server of(Object runner) {
        List<Object> connectors = new ArrayList<>();
        if (Foreign.get(runner, "this$0._budget.leases") instanceof Set<?> leases) {
            for (Object lease : leases.toArray()) {
                Object leasee = Foreign.get(lease, "leasee");
                Object connector =
                        leasee == null || Foreign.is(leasee, CONNECTOR) ? leasee : Foreign.get(leasee, "this$0");
                if (connector != null && Foreign.is(connector, CONNECTOR) && !connectors.contains(connector)) {
                    connectors.add(connector);
                }
            }
        }
        return connectors.isEmpty() ? null : new JettyServer(connectors);
    }

    @Override
    public void closing() throws ReflectiveOperationException {
        for (Object connector : connectors) {
            Object shutdown = Foreign.get(connector, "_shutdown");
            if (shutdown != null) {
                Foreign.call(shutdown, "shutdown");
            }
        }
    }

    /** HTTP/2 sends GOAWAY. */
    @Override
    public void endConnections() throws ReflectiveOperationException {
        if (told) {
            return;
        }
        told = true;
        for (Object connector : connectors) {
            Class<?> graceful = graceful(connector.getClass());
            if (graceful != null
                    && Foreign.call(connector, "getContainedBeans", graceful) instanceof Collection<?> beans) {
                for (Object bean : beans) {
                    shutDown(bean, graceful.getMethod("shutdown"));
                }
            }
        }
    }

    @Override
    public boolean owes(int caller) throws ReflectiveOperationException {
        for (Object connector : connectors) {
            if (Foreign.call(connector, "getConnectedEndPoints") instanceof Collection<?> ends) {
                for (Object end : ends.toArray()) {
                    if (Foreign.port(Foreign.call(end, "getRemoteSocketAddress")) == caller) {
                        return owes(Foreign.call(end, "getConnection"));
                    }
                }
            }
        }
        return false;
    }

    private static boolean owes(@Nullable Object connection) throws ReflectiveOperationException {
        return connection != null
                && Foreign.is(connection, HTTP2)
                && Foreign.call(Foreign.call(connection, "getSession"), "getStreams") instanceof Collection<?> streams
                && !streams.isEmpty();
    }

    private void shutDown(Object bean, Method shutdown) throws ReflectiveOperationException {
        if (!Foreign.is(bean, CONNECTOR)) {
            Foreign.invoke(shutdown, bean);
        }
    }

    private static @Nullable Class<?> graceful(Class<?> type) {
        for (Class<?> up = type; up != null; up = up.getSuperclass()) {
            for (Class<?> each : up.getInterfaces()) {
                if (Foreign.named(each.getName(), GRACEFUL)) {
                    return each;
                }
                for (Class<?> above : each.getInterfaces()) {
                    if (Foreign.named(above.getName(), GRACEFUL)) {
                        return above;
                    }
                }
            }
        }
        return null;
    }
}
