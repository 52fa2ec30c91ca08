// SPDX-License-Identifier: Apache-2.0
package com.example.jetty12;

import com.example.answers.Answers;
import com.example.answers.Census;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Jetty with ten threads: one accepts, one selects, two are reserved, the rest serve. */
public final class JettyServer {
    private JettyServer() {}

    public static void main(String[] args) throws Exception {
        QueuedThreadPool pool = new QueuedThreadPool(10, 10);
        pool.setReservedThreads(2);
        pool.setName("jetty");
        Server server = new Server(pool);
        ServerConnector connector = new ServerConnector(server, 1, 1);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new AnswersHandler());
        server.start();
        Census.listening(connector.getLocalPort());
        server.join();
    }

    private static final class AnswersHandler extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            Content.Sink.write(response, true, Answers.to(request.getHttpURI().getPathQuery()), callback);
            return true;
        }
    }
}
