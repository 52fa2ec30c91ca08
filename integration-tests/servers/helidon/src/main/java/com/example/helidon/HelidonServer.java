// SPDX-License-Identifier: Apache-2.0
package com.example.helidon;

import com.example.answers.Answers;
import com.example.answers.Census;
import com.example.answers.Quiet;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;

/** Helidon 4; by reflection, because its classes need a newer compiler than this module is built with. */
public final class HelidonServer {
    private static final String PACKAGE = "io.helidon.webserver.";

    private HelidonServer() {}

    public static void main(String[] args) throws ReflectiveOperationException {
        Quiet.console();
        Class<?> type = Class.forName(PACKAGE + "WebServer");
        Object builder = type.getMethod("builder").invoke(null);
        Class<?> building = builder.getClass();
        building.getMethod("host", String.class).invoke(builder, "127.0.0.1");
        building.getMethod("port", int.class).invoke(builder, 0);
        building.getMethod("routing", Consumer.class).invoke(builder, (Consumer<Object>) HelidonServer::route);
        Object server = building.getMethod("build").invoke(builder);
        type.getMethod("start").invoke(server);
        Census.listening((int) type.getMethod("port").invoke(server));
    }

    private static void route(Object routing) {
        try {
            Class<?> handler = Class.forName(PACKAGE + "http.Handler");
            Object handlers = Array.newInstance(handler, 1);
            Array.set(
                    handlers,
                    0,
                    Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, HelidonServer::handle));
            Class.forName(PACKAGE + "http.HttpRouting$Builder")
                    .getMethod("any", handlers.getClass())
                    .invoke(routing, handlers);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object handle(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (!method.getName().equals("handle")) {
            return method.isDefault() ? InvocationHandler.invokeDefault(proxy, method, arguments) : 0;
        }
        Object query = ask(PACKAGE + "http.ServerRequest", arguments[0], "query");
        Object text = ask("io.helidon.common.uri.UriQuery", query, "rawValue");
        Class.forName(PACKAGE + "http.ServerResponse")
                .getMethod("send", Object.class)
                .invoke(arguments[1], Answers.to("/?" + text));
        return null;
    }

    private static Object ask(String type, Object object, String method) throws ReflectiveOperationException {
        return Class.forName(type).getMethod(method).invoke(object);
    }
}
