// SPDX-License-Identifier: Apache-2.0
package com.example.undertow;

import com.example.answers.Answers;
import com.example.answers.Census;
import com.example.answers.Quiet;
import io.undertow.Undertow;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.BlockingHandler;
import java.net.InetSocketAddress;

/** Undertow with two I/O threads and four workers. */
public final class UndertowServer {
    private UndertowServer() {}

    public static void main(String[] args) {
        Quiet.console();
        Undertow server = Undertow.builder()
                .addHttpListener(0, "127.0.0.1")
                .setIoThreads(2)
                .setWorkerThreads(4)
                .setHandler(new BlockingHandler(UndertowServer::answer))
                .build();
        server.start();
        Census.listening(((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort());
    }

    private static void answer(HttpServerExchange exchange) {
        exchange.getResponseSender().send(Answers.to(exchange.getRequestURI() + "?" + exchange.getQueryString()));
    }
}
