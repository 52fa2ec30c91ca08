// SPDX-License-Identifier: Apache-2.0
package com.example.forkjoin;

import com.example.answers.Answers;
import com.example.answers.Census;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.atomic.AtomicInteger;

/** The JDK's HTTP server on an asynchronous ForkJoinPool; each request also computes on two other pools. */
public final class ForkJoinServer {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private ForkJoinServer() {}

    public static void main(String[] args) throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Sums sums = new Sums(pool("sums", false));
        server.createContext("/", exchange -> answer(exchange, sums));
        server.setExecutor(pool("handler", true));
        server.start();
        Census.listening(server.getAddress().getPort());
    }

    private static ForkJoinPool pool(String name, boolean async) {
        return new ForkJoinPool(
                4,
                pool -> {
                    ForkJoinWorkerThread worker = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
                    worker.setName(name + "-" + COUNT.incrementAndGet());
                    return worker;
                },
                null,
                async);
    }

    private static void answer(HttpExchange exchange, Sums sums) throws IOException {
        try (exchange) {
            String wrong = sums.wrong();
            byte[] body = (Answers.to(exchange.getRequestURI().toString()) + wrong).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(wrong.isEmpty() ? 200 : 500, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
