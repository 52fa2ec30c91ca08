// SPDX-License-Identifier: Apache-2.0
package com.example.orders;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

/** An order service on a free port, with what a test needs to talk to it. */
final class RunningService implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final HttpClient client = HttpClient.newHttpClient();
    private final OrdersService service;

    private RunningService(OrdersService service) {
        this.service = service;
    }

    static RunningService in(Path folder) throws StartFailure {
        return new RunningService(OrdersService.start(
                new Options(0, folder.resolve("orders"), 4, Optional.of(folder.resolve("receipts.txt")))));
    }

    String url() {
        return "http://127.0.0.1:" + service.port();
    }

    HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(DEADLINE)
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    String get(String path) throws IOException, InterruptedException {
        return send("GET", path).body();
    }

    /** Asks until the answer is as wanted; after the deadline, returns what it is instead. */
    static <T> T eventually(Callable<T> question, Predicate<T> wanted) throws Exception {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        T answer = question.call();
        while (!wanted.test(answer) && System.nanoTime() < deadline) {
            answer = question.call();
        }
        return answer;
    }

    static List<String> lines(String text) {
        return text.lines().toList();
    }

    @Override
    public void close() {
        service.close();
    }
}
