// SPDX-License-Identifier: Apache-2.0
package com.example.tomcat11;

import com.example.answers.Census;
import com.example.answers.Quiet;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.threads.ThreadPoolExecutor;

/** Embedded Tomcat with the web applications that it is given, folders or WARs: the first is the root, the next /1. */
public final class WarServer {
    private WarServer() {}

    public static void main(String[] args) throws LifecycleException {
        Quiet.console();
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(System.getProperty("java.io.tmpdir"));
        tomcat.setConnector(TomcatServer.connector());
        tomcat.setAddDefaultWebXmlToWebapp(false);
        ((StandardHost) tomcat.getHost()).setUnpackWARs(false);
        for (int i = 0; i < args.length; i++) {
            tomcat.addWebapp(i == 0 ? "" : "/" + i, args[i]);
        }
        tomcat.start();
        ThreadPoolExecutor workers =
                (ThreadPoolExecutor) tomcat.getConnector().getProtocolHandler().getExecutor();
        Census.listening(tomcat.getConnector().getLocalPort(), workers::getPoolSize);
        tomcat.getServer().await();
    }
}
