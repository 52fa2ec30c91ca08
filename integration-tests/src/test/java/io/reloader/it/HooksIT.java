// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.reloader.it.app.HooksApp;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;

/** Methods of the application that reloader calls. */
class HooksIT {
    private static final String APP = HooksApp.class.getName();
    private static final String IN_A_WAR = "com.acme.war.Hooks";

    @EachJdk
    void eachWorkerIsToldBeforeItsFirstTaskAndAfterItsLastWhileAllAreReplacedUnderLoad(Jdk jdk) {
        try (JvmProcess app = start(
                jdk,
                "workers=http:forked,before-reload=" + APP + "::before,after-reload=" + APP + "::after,on-worker-start="
                        + APP + "::started,on-worker-stop=" + APP + "::stopped")) {
            app.tell("go");
            app.await("^working");
            for (int i = 1; i <= 3; i++) {
                app.signal("USR1");
                app.await("^after " + i + ": done");
            }
            app.tell("stop");
            String counts = app.await("^ended=.*").group();
            assertThat(counts).as(app.log()).startsWith("ended=true lost=0 failed=0 left=0 workers=");
            assertThat(Integer.parseInt(counts.substring(counts.lastIndexOf('=') + 1)))
                    .as(app.log())
                    .isGreaterThanOrEqualTo(4 * 4);
            assertThat(app.journal()).noneMatch(line -> line.startsWith("reloader: !"));
            inOrder(
                    app,
                    "before 1 of workers",
                    "reloader: - reload 1: ",
                    "reloader: - reload 1 done",
                    "after 1: done",
                    "before 2");
        }
    }

    private static void inOrder(JvmProcess app, String... beginnings) {
        List<String> lines = app.lines();
        int last = -1;
        for (String beginning : beginnings) {
            int at = last + 1;
            while (at < lines.size() && !lines.get(at).startsWith(beginning)) {
                at++;
            }
            assertThat(at)
                    .as("\"%s\" after line %s\n%s", beginning, last, app.log())
                    .isLessThan(lines.size());
            last = at;
        }
    }

    @EachJdk
    void aHookThatHangsThrowsOrCannotBeCalledHoldsNoReloadUp(Jdk jdk) {
        try (JvmProcess app = start(
                jdk,
                "hook-deadline=300ms,before-reload=" + APP + "::hang+" + APP + "::fail+" + APP
                        + "::instance+com.acme.Gone::gone,after-reload=" + APP + "::after")) {
            app.await("reloader: ! before-reload=.*::instance is not called: .* is not static; make it static");
            app.signal("USR1");
            app.await("reloader: ! before-reload=.*HooksApp::hang has not ended after .* on reloader-hook, at .*;"
                    + " the reload goes on without waiting for it; raise hook-deadline if it may take longer");
            app.await("reloader: - reload 1 done");
            app.await("^after 1: done");
            app.signal("USR1");
            app.await(
                    "reloader: ! before-reload=.*HooksApp::hang is not called: it has not ended since an earlier reload");
            app.await("reloader: ! before-reload=.*HooksApp::fail threw java.lang.IllegalStateException: no database at"
                    + " .*HooksApp.fail\\(HooksApp.java:\\d+\\) on reloader-hook; the reload goes on");
            app.await(
                    "reloader: ! before-reload=com.acme.Gone::gone is not called: no class loader has com.acme.Gone;");
            app.await("reloader: - reload 2 done");
            app.await("^after 2: done");
            app.signal("TERM");
            assertThat(app.exitCode()).as(app.log()).isZero();
        }
    }

    @EachJdk
    void everyWarThatHasTheHookIsTold(Jdk jdk, @TempDir Path folder) throws Exception {
        Path one = war(folder, "one");
        Path other = war(folder, "other");
        try (JvmProcess server = Java.on(jdk)
                .agent("before-reload=" + IN_A_WAR + "::before,on-worker-start=" + IN_A_WAR + "::started")
                .with("-Djava.io.tmpdir=" + folder)
                .classPath(Server.jar("tomcat11"), Server.libraries("tomcat11"))
                .with("com.example.tomcat11.WarServer", one.toString(), other.toString())
                .start()) {
            String url = "http://" + server.await("listening on (\\S+)").group(1);
            server.await("reloader: \\* before-reload=" + IN_A_WAR + "::before: " + IN_A_WAR
                    + " is not on the class path; it is looked for in the application's class loaders when it is due");
            // Nothing of an application is loaded before its first request.
            get(url + "/hello");
            get(url + "/1/hello");
            server.signal("USR1");
            server.await("reloader: - reload 1 done");
            assertThat(server.count("^before in one")).as(server.log()).isEqualTo(1);
            assertThat(server.count("^before in other")).as(server.log()).isEqualTo(1);
            assertThat(server.count("^one starts http-nio-")).as(server.log()).isPositive();
            assertThat(server.count("reloader: !")).as(server.log()).isZero();
        }
    }

    private static void get(String url) throws IOException, InterruptedException {
        HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.discarding());
    }

    private static Path war(Path folder, String name) {
        Path root = folder.resolve(name);
        War.build(root, true);
        Sources.compile(root.resolve("WEB-INF/classes"), "", """
                package com.acme.war;
                public final class Hooks {
                    static void before() {
                        ClassLoader mine = Hooks.class.getClassLoader();
                        boolean context = Thread.currentThread().getContextClassLoader() == mine;
                        System.out.println("before in " + (context ? "%s" : "another"));
                    }
                    static void started() {
                        System.out.println("%s starts " + Thread.currentThread().getName());
                    }
                }
                """.formatted(name, name));
        return root;
    }

    @EachJdk
    void theCachesOfARealSpringApplicationAreCleared(Jdk jdk, @TempDir Path folder) {
        String caches = "reloader:spring-caches+reloader:jackson-caches+reloader:introspector-caches";
        Java java = Java.on(jdk).agent(Served.OPTIONS + ",after-reload=" + caches);
        try (Served served = Served.withAgent(Server.SPRINGBOOT3, java, folder);
                ServedLoad load = served.load()) {
            Set<Long> retired = served.reload("USR1");
            load.expect(served.version(), retired);
            load.stop(served);
            served.process.await("reloader: \\+ after-reload=reloader:jackson-caches: ");
            assertThat(served.process.journal())
                    .as(served.process.log())
                    .contains(
                            "reloader: + after-reload=reloader:spring-caches: 4 cleared",
                            "reloader: + after-reload=reloader:jackson-caches: 1 cleared");
        }
    }

    private static JvmProcess start(Jdk jdk, String options) {
        JvmProcess app = Java.on(jdk)
                .agent(options)
                .classPath(Java.TEST_CLASSES)
                .main(HooksApp.class)
                .start();
        app.await("^ready");
        app.await("reloader: \\* armed");
        return app;
    }
}
