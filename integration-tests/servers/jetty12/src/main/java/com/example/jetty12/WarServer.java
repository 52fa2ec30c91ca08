// SPDX-License-Identifier: Apache-2.0
package com.example.jetty12;

import com.example.answers.Census;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Jetty with the web application that it is given, a folder or a WAR, which stays packed. */
public final class WarServer {
    private WarServer() {}

    public static void main(String[] args) throws Exception {
        QueuedThreadPool pool = new QueuedThreadPool(10, 10);
        pool.setReservedThreads(2);
        pool.setName("jetty");
        Server server = new Server(pool);
        ServerConnector connector = new ServerConnector(server, 1, 1);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        WebAppContext context = new WebAppContext(args[0], "/");
        context.setExtractWAR(false);
        context.setThrowUnavailableOnStartupException(true);
        server.setHandler(context);
        server.start();
        Census.listening(connector.getLocalPort(), pool::getThreads);
        server.join();
    }
}
