// SPDX-License-Identifier: Apache-2.0
package io.reloader.intake;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Has one connection of Netty end with its next answer. Of HTTP/1.1, a handler beside the encoder has the answer say so;
 * of HTTP/2, closing the channel is graceful already: GOAWAY, then the streams end. So it is of gRPC, whose
 * Server.shutdown() would do no more, but end the applications that wait for that. On the connection's event loop.
 */
final class NettyConnection {
    private static final String HANDLER = "io.netty.channel.ChannelOutboundHandler";
    private static final String HTTP = "io.netty.handler.codec.http.";
    private static final String NAME = "reloader-last-answer";

    private NettyConnection() {}

    /** Its handler of HTTP/2, if that is what it speaks. */
    static @Nullable Object end(Object channel) throws ReflectiveOperationException {
        Object pipeline = Foreign.call(channel, "pipeline");
        if (pipeline == null || !(Foreign.call(pipeline, "toMap") instanceof Map<?, ?> handlers)) {
            return null;
        }
        for (Map.Entry<?, ?> each : handlers.entrySet()) {
            Object handler = each.getValue();
            if (Foreign.is(handler, "io.netty.handler.codec.http2.Http2ConnectionHandler")) {
                // By default it would break off after 30 s what still runs.
                Foreign.call(handler, "gracefulShutdownTimeoutMillis", -1L);
                Foreign.call(channel, "close");
                return handler;
            }
            if (isEncoder(handler)) {
                if (!handlers.containsKey(NAME)) {
                    new NettyConnection.Last(handler).addTo(pipeline, String.valueOf(each.getKey()));
                }
                return null;
            }
        }
        return null;
    }

    private static boolean isEncoder(Object handler) {
        return Foreign.is(handler, HTTP + "HttpServerCodec") || Foreign.is(handler, HTTP + "HttpResponseEncoder");
    }

    /** What Netty's classes are called where this copy of it is. */
    private static final class Last {
        private final Class<?> outbound;
        private final Class<?> response;
        private final Class<?> lastContent;
        private final Object close;

        Last(Object encoder) throws ReflectiveOperationException {
            Class<?> up = encoder.getClass();
            while (!up.getName().contains(HTTP)) {
                up = up.getSuperclass();
            }
            String root = up.getName().substring(0, up.getName().indexOf(HTTP));
            ClassLoader loader = up.getClassLoader();
            outbound = Class.forName(root + HANDLER, false, loader);
            response = Class.forName(root + HTTP + "HttpResponse", false, loader);
            lastContent = Class.forName(root + HTTP + "LastHttpContent", false, loader);
            close = Class.forName(root + "io.netty.channel.ChannelFutureListener", true, loader)
                    .getField("CLOSE")
                    .get(null);
        }

        void addTo(Object pipeline, String encoder) throws ReflectiveOperationException {
            Object handler = Proxy.newProxyInstance(
                    outbound.getClassLoader(), new Class<?>[] {outbound}, (self, method, arguments) -> {
                        return handle(self, method, arguments);
                    });
            Foreign.call(pipeline, "addAfter", encoder, NAME, handler);
        }

        private @Nullable Object handle(Object self, Method method, @Nullable Object @Nullable [] arguments)
                throws Throwable {
            if (arguments == null) {
                return method.getName().equals("hashCode") ? (Object) System.identityHashCode(self) : NAME;
            }
            Object context = arguments[0];
            switch (method.getName()) {
                case "handlerAdded", "handlerRemoved" -> {
                    return null;
                }
                case "exceptionCaught" -> pass(context, "fireExceptionCaught", arguments);
                case "equals" -> {
                    return self == context;
                }
                default -> pass(context, method.getName(), arguments);
            }
            return null;
        }

        private void pass(@Nullable Object context, String event, @Nullable Object[] arguments) throws Throwable {
            @Nullable Object[] rest = new Object[arguments.length - 1];
            System.arraycopy(arguments, 1, rest, 0, rest.length);
            if (context == null) {
                return;
            }
            try {
                if (event.equals("write") && rest[0] != null && rest[1] != null) {
                    rest[1] = mark(rest[0], rest[1]);
                }
            } finally {
                call(context, event, rest);
            }
        }

        private static void call(Object context, String event, @Nullable Object[] arguments) throws Throwable {
            try {
                Foreign.call(context, event, arguments);
            } catch (ReflectiveOperationException e) {
                throw e.getCause() instanceof InvocationTargetException ? e : e.getCause() == null ? e : e.getCause();
            }
        }

        /** The promise of the write. */
        private Object mark(Object message, Object promise) throws ReflectiveOperationException {
            if (response.isInstance(message)) {
                Object code = Foreign.call(Foreign.call(message, "status"), "code");
                if (code instanceof Integer number && number < 200) {
                    return promise;
                }
                Foreign.call(Foreign.call(message, "headers"), "set", "Connection", "close");
            }
            if (!lastContent.isInstance(message)) {
                return promise;
            }
            Object real = Foreign.call(promise, "unvoid");
            Foreign.call(real, "addListener", close);
            return real == null ? promise : real;
        }
    }
}
