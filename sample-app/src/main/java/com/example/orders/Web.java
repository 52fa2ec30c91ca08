// SPDX-License-Identifier: Apache-2.0
package com.example.orders;

import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tomcat with one servlet, one connector on the loopback address and a plain thread pool. */
final class Web implements Part {
    private static final Logger LOG = LoggerFactory.getLogger(Web.class);
    // Both held here: java.util.logging forgets the level of a logger that nobody refers to.
    private static final java.util.logging.Logger TOMCAT_LOG = java.util.logging.Logger.getLogger("org.apache");
    // Warns of what a reloaded web application leaves behind; this one lives as long as the service.
    private static final java.util.logging.Logger LEAK_LOG =
            java.util.logging.Logger.getLogger("org.apache.catalina.loader.WebappClassLoaderBase");
    private static final int FINISH_SECONDS = 20;

    private final Path folder;
    private final ThreadPoolExecutor pool;
    private final Tomcat tomcat;

    private Web(Path folder, ThreadPoolExecutor pool) {
        this.folder = folder;
        this.pool = pool;
        this.tomcat = new Tomcat();
    }

    static Web prepare(int threads) throws StartFailure {
        TOMCAT_LOG.setLevel(Level.WARNING);
        LEAK_LOG.setLevel(Level.SEVERE);
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), new NamedThreads("http"));
        try {
            return new Web(Files.createTempDirectory("orders-"), pool);
        } catch (IOException e) {
            throw new StartFailure("cannot make a folder for temporary files", e);
        }
    }

    /** Serves until closed; returns the port, which is a free one if 0 was asked for. */
    int listen(int port, HttpServlet servlet) throws StartFailure {
        tomcat.setBaseDir(folder.toString());
        tomcat.setConnector(connector(port));
        Context context = tomcat.addContext("", null);
        Tomcat.addServlet(context, "orders", servlet);
        context.addServletMappingDecoded("/", "orders");
        try {
            tomcat.start();
            return tomcat.getConnector().getLocalPort();
        } catch (LifecycleException e) {
            throw new StartFailure("cannot listen on 127.0.0.1:" + port, e);
        }
    }

    private Connector connector(int port) {
        Connector connector = new Connector("org.apache.coyote.http11.Http11NioProtocol");
        connector.setPort(port);
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("maxKeepAliveRequests", "-1");
        // Bound on start, the port can be given back before the last requests are finished.
        connector.setProperty("bindOnInit", "false");
        connector.setThrowOnFailure(true);
        connector.getProtocolHandler().setExecutor(pool);
        return connector;
    }

    @Override
    public void close() throws Exception {
        Connector connector = tomcat.getConnector();
        connector.pause();
        connector.getProtocolHandler().closeServerSocketGraceful();
        finishRequests();
        tomcat.stop();
        tomcat.destroy();
        deleteFolder();
    }

    private void finishRequests() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(FINISH_SECONDS);
        while (pool.getActiveCount() + pool.getQueue().size() > 0 && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        pool.shutdown();
        if (!pool.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            LOG.error("stopped with {} requests unfinished", pool.getActiveCount());
            pool.shutdownNow();
        }
    }

    private void deleteFolder() throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
