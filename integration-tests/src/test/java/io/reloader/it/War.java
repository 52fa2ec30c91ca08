// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A web application in a folder, with its greeting among its classes or in a library, or in a WAR that stays packed. */
enum War implements Program {
    TOMCAT_CLASSES(Server.TOMCAT11),
    TOMCAT_LIBRARY(Server.TOMCAT11),
    TOMCAT_PACKED(Server.TOMCAT11),
    JETTY_CLASSES(Server.JETTY12),
    JETTY_LIBRARY(Server.JETTY12),
    JETTY_PACKED(Server.JETTY12);

    private static final String SERVLET = """
            package com.example.war;
            import com.example.answers.Answers;
            import jakarta.servlet.http.*;
            public final class AnswersServlet extends HttpServlet {
                @Override
                protected void doGet(HttpServletRequest request, HttpServletResponse response) throws java.io.IOException {
                    byte[] answer = Answers.to(request.getRequestURI() + "?" + request.getQueryString()).getBytes();
                    response.setContentType("text/plain");
                    response.setContentLength(answer.length);
                    response.getOutputStream().write(answer);
                }
            }
            """;

    private static final String WEB_XML = """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0" metadata-complete="true">
              <servlet>
                <servlet-name>answers</servlet-name>
                <servlet-class>com.example.war.AnswersServlet</servlet-class>
              </servlet>
              <servlet-mapping>
                <servlet-name>answers</servlet-name>
                <url-pattern>/*</url-pattern>
              </servlet-mapping>
            </web-app>
            """;

    private final Server container;

    War(Server container) {
        this.container = container;
    }

    /** Everything but the greeting. {@code library}: what the servlet needs is in a library, not among the classes. */
    static void build(Path root, boolean library) {
        Path inside = root.resolve("WEB-INF");
        try (Stream<Path> libraries = Files.list(Server.libraries("tomcat11").getParent())) {
            String classPath = libraries.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
            Sources.compile(inside.resolve("classes"), classPath, SERVLET);
            Files.writeString(inside.resolve("web.xml"), WEB_XML);
            if (library) {
                Files.createDirectories(inside.resolve("lib"));
                Files.copy(Server.jar("answers"), inside.resolve("lib/answers.jar"));
            } else {
                Jars.unpack(Server.jar("answers"), "/com", inside.resolve("classes"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Java command(Java java, Path classes) {
        // Jetty finds no jar in a WAR that it does not unpack.
        build(root(classes), this != JETTY_PACKED);
        deployed(classes);
        String module = container.toString();
        return java.classPath(Server.jar(module), Server.libraries(module))
                .with(
                        "com.example." + module + ".WarServer",
                        packed() ? war(classes).toString() : root(classes).toString());
    }

    @Override
    public void deployed(Path classes) {
        Path inside = root(classes).resolve("WEB-INF");
        if (this == TOMCAT_LIBRARY || this == JETTY_LIBRARY) {
            Jars.create(inside.resolve("lib/greeting.jar"), classes);
            return;
        }
        Sources.deploy(classes, inside.resolve("classes"));
        if (packed()) {
            Jars.create(war(classes), root(classes));
        }
    }

    private boolean packed() {
        return this == TOMCAT_PACKED || this == JETTY_PACKED;
    }

    private static Path root(Path classes) {
        return classes.resolveSibling("root");
    }

    private static Path war(Path classes) {
        return classes.resolveSibling("app.war");
    }

    @Override
    public List<ServedPool> pools() {
        return container.pools();
    }

    @Override
    public Java client(Java java, int port) {
        return container.client(java, port);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
