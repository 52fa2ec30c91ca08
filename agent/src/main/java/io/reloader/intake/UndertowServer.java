// SPDX-License-Identifier: Apache-2.0
package io.reloader.intake;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP/1.1 listeners of Undertow that one I/O thread of XNIO accepts for. A handler in front of theirs makes each
 * answer say {@code Connection: close}; connections that are there keep the handler they began with, so each is given it.
 */
final class UndertowServer implements Server {
    private static final String LISTENER = "io.undertow.server.protocol.http.HttpOpenListener";
    private static final String HANDLER = "io.undertow.server.HttpHandler";

    private final Selector selector;
    private final UndertowHttp2 http2 = new UndertowHttp2();

    private UndertowServer(Selector selector) {
        this.selector = selector;
    }

    static @Nullable Server of(Object worker) {
        return Foreign.get(worker, "selector") instanceof Selector selector ? new UndertowServer(selector) : null;
    }

    @Override
    public void endConnections() throws ReflectiveOperationException {
        for (Object listener : listeners()) {
            end(listener);
            if (Foreign.get(listener, "connections") instanceof Set<?> connections) {
                for (Object connection : connections.toArray()) {
                    end(connection);
                }
            }
        }
        for (SelectionKey each : selector.keys().toArray(SelectionKey[]::new)) {
            http2.end(each.attachment());
        }
    }

    @Override
    public boolean owes(int caller) throws ReflectiveOperationException {
        return http2.owes(caller);
    }

    private List<Object> listeners() {
        List<Object> found = new ArrayList<>();
        for (Object each : selector.keys().toArray()) {
            Object handle = each instanceof SelectionKey key ? key.attachment() : null;
            Object server = Foreign.get(handle, "server");
            Object at = server == null ? null : Foreign.get(server, "acceptListener");
            Nearby.find(at, LISTENER, found);
        }
        return found;
    }

    /** Whoever has a root handler, a listener or a connection. */
    private static void end(Object holder) throws ReflectiveOperationException {
        Object handler = Foreign.get(holder, "rootHandler");
        if (handler == null || Proxy.isProxyClass(handler.getClass())) {
            return;
        }
        Class<?> type = interfaceOf(handler.getClass());
        if (type != null) {
            Object ending = Proxy.newProxyInstance(
                    type.getClassLoader(),
                    new Class<?>[] {type},
                    (proxy, method, arguments) -> handle(handler, method, arguments));
            Foreign.set(holder, "rootHandler", ending);
        }
    }

    private static @Nullable Object handle(Object handler, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        if (method.getName().equals("handleRequest") && arguments != null && arguments[0] != null) {
            last(arguments[0]);
        }
        try {
            method.setAccessible(true);
            return method.invoke(handler, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** The exchange; not one that asks for another protocol, which "Connection: close" would contradict. */
    private static void last(Object exchange) throws ReflectiveOperationException {
        Object headers = Foreign.call(exchange, "getRequestHeaders");
        if (!Boolean.TRUE.equals(Foreign.call(headers, "contains", "Upgrade"))) {
            Foreign.call(exchange, "setPersistent", false);
        }
    }

    private static @Nullable Class<?> interfaceOf(Class<?> handler) {
        for (Class<?> up = handler; up != null; up = up.getSuperclass()) {
            for (Class<?> each : up.getInterfaces()) {
                if (Foreign.named(each.getName(), HANDLER)) {
                    return each;
                }
            }
        }
        return null;
    }
}
