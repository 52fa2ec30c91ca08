// SPDX-License-Identifier: Apache-2.0
package com.example.tomcat11;

import com.example.answers.Answers;
import com.example.answers.Census;
import com.example.answers.Later;
import com.example.answers.Quiet;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.threads.ThreadPoolExecutor;

/** Embedded Tomcat with four request threads. With -Dhttp2=true it speaks that, too. */
public final class TomcatServer {
    private TomcatServer() {}

    public static void main(String[] args) throws LifecycleException {
        Quiet.console();
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(System.getProperty("java.io.tmpdir"));
        tomcat.setConnector(connector());
        Context context = tomcat.addContext("", null);
        Wrapper servlet = Tomcat.addServlet(context, "answers", new AnswersServlet());
        servlet.addMapping("/*");
        servlet.setAsyncSupported(true);
        tomcat.start();
        ThreadPoolExecutor workers =
                (ThreadPoolExecutor) tomcat.getConnector().getProtocolHandler().getExecutor();
        Census.listening(tomcat.getConnector().getLocalPort(), workers::getPoolSize);
        tomcat.getServer().await();
    }

    static Connector connector() {
        Connector connector = new Connector("HTTP/1.1");
        connector.setProperty("address", "127.0.0.1");
        connector.setPort(0);
        connector.setProperty("maxThreads", "4");
        connector.setProperty("minSpareThreads", "4");
        connector.setProperty("maxKeepAliveRequests", "-1");
        if (Boolean.getBoolean("http2")) {
            connector.addUpgradeProtocol(new Http2Protocol());
        }
        if (System.getProperty("maxConnections") != null) {
            connector.setProperty("maxConnections", System.getProperty("maxConnections"));
        }
        return connector;
    }

    private static final class AnswersServlet extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            String path = request.getRequestURI() + "?" + request.getQueryString();
            response.setContentType("text/plain");
            if (Later.is(path)) {
                AsyncContext later = request.startAsync();
                Later.answer(path, answer -> finish(later, answer));
            } else {
                response.getWriter().write(Answers.to(path));
            }
        }

        private static void finish(AsyncContext later, String answer) {
            try {
                later.getResponse().getWriter().write(answer);
                later.complete();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
