// SPDX-License-Identifier: Apache-2.0
package com.example.jdkhttp;

import com.example.answers.Answers;
import com.example.answers.Census;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;

/** The JDK's HTTP server with four worker threads. */
public final class JdkHttpServer {
    private JdkHttpServer() {}

    public static void main(String[] args) throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        AtomicInteger count = new AtomicInteger();
        ThreadPoolExecutor workers = (ThreadPoolExecutor)
                Executors.newFixedThreadPool(4, task -> new Thread(task, "handler-" + count.incrementAndGet()));
        workers.prestartAllCoreThreads();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", JdkHttpServer::answer);
        server.setExecutor(workers);
        server.start();
        Census.listening(server.getAddress().getPort(), workers::getPoolSize);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = Answers.to(exchange.getRequestURI().toString()).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
