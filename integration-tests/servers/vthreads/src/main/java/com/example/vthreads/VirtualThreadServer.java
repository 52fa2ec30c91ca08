// SPDX-License-Identifier: Apache-2.0
package com.example.vthreads;

import com.example.answers.Answers;
import com.example.answers.Census;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/** The JDK's HTTP server with a virtual thread for each request. */
public final class VirtualThreadServer {
    private VirtualThreadServer() {}

    public static void main(String[] args) throws IOException, ReflectiveOperationException {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", VirtualThreadServer::answer);
        // By reflection, because it is built with JDK 17.
        server.setExecutor((Executor)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null));
        server.start();
        Census.listening(server.getAddress().getPort());
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = Answers.to(exchange.getRequestURI().toString()).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
