// SPDX-License-Identifier: Apache-2.0
package com.example.redeploy;

import com.example.answers.Quiet;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;

/**
 * Embedded Tomcat; its argument is the folder of a web application. Lines of standard input tell it what to do:
 * {@code deploy}, {@code undeploy}, and {@code collect}, which says whether the last application's loader can go.
 */
public final class RedeployServer {
    private final Tomcat tomcat = new Tomcat();
    private final String folder;

    /** Used by the main thread alone, cleared before {@code collect}. */
    private Context context;

    private final ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();
    private WeakReference<ClassLoader> loader = new WeakReference<>(null);

    private RedeployServer(String folder) {
        this.folder = folder;
    }

    public static void main(String[] args) throws LifecycleException, IOException, InterruptedException {
        Quiet.console();
        new RedeployServer(args[0]).run();
    }

    private void run() throws LifecycleException, IOException, InterruptedException {
        tomcat.setBaseDir(System.getProperty("java.io.tmpdir"));
        Connector connector = new Connector("HTTP/1.1");
        connector.setProperty("address", "127.0.0.1");
        connector.setPort(0);
        connector.setProperty("maxThreads", "4");
        connector.setProperty("minSpareThreads", "4");
        tomcat.setConnector(connector);
        tomcat.getHost();
        tomcat.start();
        System.out.println("listening on 127.0.0.1:" + connector.getLocalPort());
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            switch (line) {
                case "deploy" -> deploy();
                case "undeploy" -> undeploy();
                default -> collect();
            }
        }
    }

    private void deploy() {
        context = new StandardContext();
        context.setPath("/app");
        context.setDocBase(folder);
        context.addLifecycleListener(new Tomcat.FixContextListener());
        context.addApplicationListener("com.example.webapp.Pools");
        Tomcat.addServlet(context, "work", "com.example.webapp.WorkServlet").addMapping("/work");
        tomcat.getHost().addChild(context);
        loader = new WeakReference<>(context.getLoader().getClassLoader(), collected);
        System.out.println("deployed " + context.getState());
    }

    private void undeploy() throws LifecycleException {
        tomcat.getHost().removeChild(context);
        context.destroy();
        context = null;
        System.out.println("undeployed");
    }

    private void collect() throws InterruptedException {
        long start = System.nanoTime();
        while (loader.get() != null && System.nanoTime() - start < TimeUnit.SECONDS.toNanos(20)) {
            System.gc();
            collected.remove(5);
        }
        System.out.println(loader.get() == null ? "collected" : "leaked " + loader.get());
    }
}
