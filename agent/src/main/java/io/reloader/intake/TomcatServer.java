// SPDX-License-Identifier: Apache-2.0
package io.reloader.intake;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One endpoint of Tomcat. Its own graceful close makes each further answer say {@code Connection: close} and HTTP/2 say
 * GOAWAY; pause() would answer 503 instead. The acceptor is told first: the next connection that it accepts, which is
 * the one that {@link io.reloader.os.Gate} makes, ends it without a word in the log.
 */
final class TomcatServer implements Server {
    private static final String BOUND_ON_START = "BOUND_ON_START";
    private static final String BOUND_ON_INIT = "BOUND_ON_INIT";

    private final Object acceptor;
    private final Object endpoint;
    private boolean closed;

    private TomcatServer(Object acceptor, Object endpoint) {
        this.acceptor = acceptor;
        this.endpoint = endpoint;
    }

    static @Nullable Server of(Object acceptor) {
        Object endpoint = Foreign.get(acceptor, "endpoint");
        return endpoint == null ? null : new TomcatServer(acceptor, endpoint);
    }

    /** With maxConnections open it accepts nobody until one of them ends; nobody new can come any more. */
    @Override
    public void crowded() throws ReflectiveOperationException {
        Foreign.call(endpoint, "setMaxConnections", -1);
    }

    @Override
    public void closing() throws ReflectiveOperationException {
        Foreign.set(acceptor, "stopCalled", true);
    }

    @Override
    public void endConnections() throws ReflectiveOperationException {
        if (closed) {
            // Connections of HTTP/2 that had not begun to speak when they were told.
            Foreign.call(Foreign.get(endpoint, "handler"), "pause");
            return;
        }
        closed = true;
        // Of an endpoint that was bound before it was started it would be a no-op.
        if (Foreign.get(endpoint, "bindState") instanceof Enum<?> state
                && state.name().equals(BOUND_ON_INIT)) {
            for (Object each : state.getDeclaringClass().getEnumConstants()) {
                if (each instanceof Enum<?> other && other.name().equals(BOUND_ON_START)) {
                    Foreign.set(endpoint, "bindState", other);
                }
            }
        }
        Foreign.call(endpoint, "closeServerSocketGraceful");
    }

    /** Of HTTP/2. */
    @Override
    public boolean owes(int caller) throws ReflectiveOperationException {
        if (!(Foreign.get(endpoint, "connections") instanceof Map<?, ?> connections)) {
            return false;
        }
        for (Object socket : connections.values().toArray()) {
            Object handler = Foreign.get(Foreign.call(socket, "getCurrentProcessor"), "internalHttpUpgradeHandler");
            if (Foreign.get(handler, "activeRemoteStreamCount") instanceof Number streams
                    && streams.intValue() > 0
                    && Objects.equals(Foreign.call(socket, "getRemotePort"), caller)) {
                return true;
            }
        }
        return false;
    }
}
