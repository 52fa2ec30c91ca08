// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A web application under load gets changed classes and one that it never had, without being deployed again. */
class WarIT {

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("everyWarOnEachJdk")
    void aWarIsTakenUpUnderLoadWhereItLies(War application, Jdk jdk, @TempDir Path folder) {
        try (Served served = Served.withAgent(application, jdk, folder);
                ServedLoad load = served.load()) {
            Set<Long> retired = served.reload("USR1");
            load.expect(served.version(), retired);
            retired = served.reloadWithNewClass("USR1");
            load.expect(served.version(), retired);
            load.stop(served);
            served.stop();
        }
    }

    static Stream<Arguments> everyWarOnEachJdk() {
        return Stream.of(War.values()).flatMap(war -> Jdk.all().stream().map(jdk -> Arguments.of(war, jdk)));
    }

    @EachJdk
    void twoWarsWithVersionsOfOneClassKeepTheirOwn(Jdk jdk, @TempDir Path folder) throws Exception {
        Path one = war(folder, "one", 1);
        Path other = war(folder, "other", 2);
        try (JvmProcess server = Java.on(jdk)
                .agent(Served.OPTIONS)
                .with("-Djava.io.tmpdir=" + folder)
                .classPath(Server.jar("tomcat11"), Server.libraries("tomcat11"))
                .with("com.example.tomcat11.WarServer", one.toString(), other.toString())
                .start()) {
            String url = "http://" + server.await("listening on (\\S+)").group(1);
            server.await("reloader: \\* armed");
            answers(server, url + "/hello", 1);
            answers(server, url + "/1/hello", 2);

            greet(other, folder.resolve("built-3"), 3);
            server.signal("USR1");
            server.await("reloader: - reload 1 done in .*: 1 class changed \\(1 body\\)");
            answers(server, url + "/hello", 1);
            answers(server, url + "/1/hello", 3);

            greet(one, folder.resolve("built-4"), 4);
            greet(other, folder.resolve("built-5"), 5);
            server.signal("USR1");
            server.await("reloader: - reload 2 done in .*: 2 classes changed \\(2 body\\)");
            answers(server, url + "/hello", 4);
            answers(server, url + "/1/hello", 5);
        }
    }

    private static Path war(Path folder, String name, int version) {
        Path root = folder.resolve(name);
        War.build(root, true);
        greet(root, folder.resolve("built-" + version), version);
        return root;
    }

    private static void greet(Path root, Path built, int version) {
        Sources.compile(built, "", """
                package com.example.greeting;
                public final class Greeting {
                    public static int version() { return %d; }
                }
                """.formatted(version));
        Sources.deploy(built, root.resolve("WEB-INF/classes"));
    }

    private static void answers(JvmProcess server, String url, int version) throws IOException, InterruptedException {
        String answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
        assertThat(answer).as(server.log()).startsWith("version=" + version + " ");
    }
}
