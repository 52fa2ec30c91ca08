// SPDX-License-Identifier: Apache-2.0
package com.example.vertx;

import com.example.answers.Answers;
import com.example.answers.Census;
import com.example.answers.Quiet;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.atomic.AtomicInteger;

/** Vert.x with two event loops; requests are served by four worker threads. */
public final class VertxServer {
    private VertxServer() {}

    public static void main(String[] args) {
        Quiet.console();
        Vertx vertx = Vertx.vertx(
                new VertxOptions().setEventLoopPoolSize(2).setWorkerPoolSize(4).setInternalBlockingPoolSize(2));
        AtomicInteger port = new AtomicInteger();
        vertx.deployVerticle(() -> new AnswersVerticle(port), new DeploymentOptions())
                .onSuccess(deployed -> Census.listening(port.get()))
                .onFailure(Throwable::printStackTrace);
    }

    private static final class AnswersVerticle extends AbstractVerticle {
        private final AtomicInteger port;

        AnswersVerticle(AtomicInteger port) {
            this.port = port;
        }

        @Override
        public void start(Promise<Void> started) {
            vertx.createHttpServer()
                    .requestHandler(this::answer)
                    .listen(0, "127.0.0.1")
                    .onSuccess(this::remember)
                    .<Void>mapEmpty()
                    .onComplete(started);
        }

        private void remember(HttpServer server) {
            port.set(server.actualPort());
        }

        private void answer(HttpServerRequest request) {
            vertx.executeBlocking(() -> Answers.to(request.uri()), false)
                    .onSuccess(body -> request.response().end(body))
                    .onFailure(trouble -> request.response().setStatusCode(500).end(trouble.toString()));
        }
    }
}
