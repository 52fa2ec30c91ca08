// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** A web application with pools of its own comes and goes between and during rolls; its class loader goes too. */
class RedeployIT {
    private static final int TIMES = 50;

    private final HttpClient client = HttpClient.newHttpClient();

    @EachJdk
    void anUndeployedApplicationIsCollectedHoweverOftenItsPoolsWereRolled(Jdk jdk, @TempDir Path folder)
            throws IOException, InterruptedException {
        // What catalina.sh opens, so that Tomcat looks for leaked thread locals.
        Java java = Java.on(jdk)
                .agent(Served.OPTIONS)
                .with("--add-opens=java.base/java.lang=ALL-UNNAMED")
                .with("--add-opens=java.rmi/sun.rmi.transport=ALL-UNNAMED");
        if (jdk.feature() >= 24) {
            java.with("--sun-misc-unsafe-memory-access=allow");
        }
        try (JvmProcess server = java.with("-Xmx256m", "-XX:+UseSerialGC", "-Djava.io.tmpdir=" + folder)
                .classPath(Server.jar("redeploy"), Server.libraries("redeploy"))
                .with("com.example.redeploy.RedeployServer")
                .with(Server.jar("redeploy").resolveSibling("webapp").toString())
                .start()) {
            URI work =
                    URI.create("http://" + server.await("listening on (\\S+)").group(1) + "/app/work");
            server.await("reloader: \\* armed");
            for (int i = 1; i <= TIMES; i++) {
                redeploy(server, work, i);
            }
            server.signal("TERM");
            assertThat(server.exitCode()).as(server.log()).isZero();
            assertThat(server.lines())
                    .filteredOn(line ->
                            !line.matches("(reloader: [-+*] |listening on |deployed STARTED|undeployed|collected).*"))
                    .as(server.log())
                    .isEmpty();
        }
    }

    /** With an odd number the application goes after the roll, with an even one while it is under way. */
    private void redeploy(JvmProcess server, URI work, int number) throws IOException, InterruptedException {
        int mark = server.mark();
        server.tell("deploy");
        server.await("deployed", mark);
        works(server, work);
        server.signal(number % 4 < 2 ? "USR1" : "USR2");
        if (number % 2 == 1) {
            server.await("reloader: - reload " + number + " done", mark);
            works(server, work);
        }
        server.tell("undeploy");
        server.await("undeployed", mark);
        server.await("reloader: - reload " + number + " done", mark);
        server.tell("collect");
        assertThat(server.await("collected|leaked .*", mark).group())
                .as("the loader of deployment %d\n%s", number, server.log())
                .isEqualTo("collected");
    }

    private void works(JvmProcess server, URI work) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                client.send(HttpRequest.newBuilder(work).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.body()).as(server.log()).isEqualTo("worked");
    }
}
