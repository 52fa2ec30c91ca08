// SPDX-License-Identifier: Apache-2.0
package com.example.undertow;

import com.example.answers.Answers;
import com.example.answers.Census;
import com.example.answers.Later;
import com.example.answers.Quiet;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.util.SameThreadExecutor;
import java.net.InetSocketAddress;
import org.xnio.management.XnioWorkerMXBean;

/** Undertow with two I/O threads and four workers. With -Dhttp2=true it speaks that, too. */
public final class UndertowServer {
    private static final BlockingHandler WORK =
            new BlockingHandler(exchange -> exchange.getResponseSender().send(Answers.to(path(exchange))));

    private UndertowServer() {}

    public static void main(String[] args) {
        Quiet.console();
        Undertow server = Undertow.builder()
                .addHttpListener(0, "127.0.0.1")
                .setServerOption(UndertowOptions.ENABLE_HTTP2, Boolean.getBoolean("http2"))
                .setIoThreads(2)
                .setWorkerThreads(4)
                .setHandler(UndertowServer::answer)
                .build();
        server.start();
        XnioWorkerMXBean worker = server.getWorker().getMXBean();
        Census.listening(
                ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort(),
                worker::getWorkerPoolSize);
    }

    private static void answer(HttpServerExchange exchange) throws Exception {
        String path = path(exchange);
        if (Later.is(path)) {
            exchange.dispatch(
                    SameThreadExecutor.INSTANCE, () -> Later.answer(path, exchange.getResponseSender()::send));
        } else {
            WORK.handleRequest(exchange);
        }
    }

    private static String path(HttpServerExchange exchange) {
        return exchange.getRequestURI() + "?" + exchange.getQueryString();
    }
}
