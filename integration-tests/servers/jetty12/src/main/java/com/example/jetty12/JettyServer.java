// SPDX-License-Identifier: Apache-2.0
package com.example.jetty12;

import com.example.answers.Answers;
import com.example.answers.Census;
import com.example.answers.Later;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Jetty with ten threads: one accepts, one selects, two are reserved, the rest serve. With -Dhttp2=true it speaks that, too. */
public final class JettyServer {
    private JettyServer() {}

    public static void main(String[] args) throws Exception {
        QueuedThreadPool pool = new QueuedThreadPool(10, 10);
        pool.setReservedThreads(2);
        pool.setName("jetty");
        Server server = new Server(pool);
        ServerConnector connector = new ServerConnector(server, 1, 1);
        connector.setHost("127.0.0.1");
        if (Boolean.getBoolean("http2")) {
            connector.addConnectionFactory(new HTTP2CServerConnectionFactory(new HttpConfiguration()));
        }
        server.addConnector(connector);
        server.setHandler(new AnswersHandler());
        server.start();
        Census.listening(connector.getLocalPort(), pool::getThreads);
        server.join();
    }

    private static final class AnswersHandler extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            String path = request.getHttpURI().getPathQuery();
            if (Later.is(path)) {
                Later.answer(path, answer -> Content.Sink.write(response, true, answer, callback));
            } else {
                Content.Sink.write(response, true, Answers.to(path), callback);
            }
            return true;
        }
    }
}
