// SPDX-License-Identifier: Apache-2.0
package com.example.tomcat10;

import com.example.answers.Answers;
import com.example.answers.Census;
import com.example.answers.Quiet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.threads.ThreadPoolExecutor;

/** Embedded Tomcat with four request threads. */
public final class TomcatServer {
    private TomcatServer() {}

    public static void main(String[] args) throws LifecycleException {
        Quiet.console();
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(System.getProperty("java.io.tmpdir"));
        tomcat.setConnector(connector());
        Context context = tomcat.addContext("", null);
        Tomcat.addServlet(context, "answers", new AnswersServlet()).addMapping("/*");
        tomcat.start();
        ThreadPoolExecutor workers =
                (ThreadPoolExecutor) tomcat.getConnector().getProtocolHandler().getExecutor();
        Census.listening(tomcat.getConnector().getLocalPort(), workers::getPoolSize);
        tomcat.getServer().await();
    }

    private static Connector connector() {
        Connector connector = new Connector("HTTP/1.1");
        connector.setProperty("address", "127.0.0.1");
        connector.setPort(0);
        connector.setProperty("maxThreads", "4");
        connector.setProperty("minSpareThreads", "4");
        connector.setProperty("maxKeepAliveRequests", "-1");
        return connector;
    }

    private static final class AnswersServlet extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("text/plain");
            response.getWriter().write(Answers.to(request.getRequestURI() + "?" + request.getQueryString()));
        }
    }
}
