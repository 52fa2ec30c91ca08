// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.reloader.it.app.PlainServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** SIGTERM for servers that nobody knows: their listening sockets are shut, and nobody who had come is lost. */
class StopPlainIT {

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("everyKindOnEachJdk")
    void aStopUnderLoadLosesNoRequest(String kind, Jdk jdk) {
        try (JvmProcess app = start(jdk, kind, "");
                JvmProcess load = StopServersIT.load(jdk, port(app), 0, 12)) {
            load.await("warm");
            stopUnderLoad(app, load);
        }
    }

    private static void stopUnderLoad(JvmProcess app, JvmProcess load) {
        app.signal("TERM");
        assertThat(app.exitCode()).as(app.log() + load.log()).isZero();
        assertThat(load.exitCode()).as(load.log()).isZero();
        assertThat(load.lines())
                .as(load.log() + app.log())
                .anyMatch(line -> line.matches("summary good=\\d+ reset=0 empty=0 cut=0 wrong=0 refused=12 .*"));
        assertThat(app.count("trouble")).as(app.log()).isZero();
        assertThat(app.count("hook ran")).as(app.log()).isEqualTo(1);
    }

    @EachJdk
    void aStopRightAfterALateAttachLosesNoRequest(Jdk jdk) {
        try (JvmProcess app = Java.on(jdk)
                        .with("-XX:+EnableDynamicAgentLoading")
                        .classPath(Java.TEST_CLASSES)
                        .main(PlainServer.class, "threads")
                        .start();
                JvmProcess load = StopServersIT.load(jdk, port(app), 0, 12)) {
            load.await("warm");
            JvmProcess attach = Java.reloader(jdk, "attach", Long.toString(app.pid()));
            assertThat(attach.exitCode()).as(attach.log() + app.log()).isZero();
            stopUnderLoad(app, load);
        }
    }

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("everyKindOnEachJdk")
    void aConnectionThatIsKeptIdleIsEndedAndDoesNotHoldTheExit(String kind, Jdk jdk) throws Exception {
        try (JvmProcess app = start(jdk, kind, "term-deadline=20s");
                Socket idle = new Socket(InetAddress.getLoopbackAddress(), port(app))) {
            ask(idle);
            assertThat(answer(idle)).startsWith("HTTP/1.1 200");
            app.signal("TERM");
            idle.setSoTimeout(30_000);
            assertThat(idle.getInputStream().read()).as("the end, and no reset").isEqualTo(-1);
            assertThat(app.exitCode()).as(app.log()).isZero();
            assertThat(app.count("still waiting|in flight after")).as(app.log()).isZero();
        }
    }

    @EachJdk
    void whoWaitsInTheAcceptQueueIsServed(Jdk jdk) throws Exception {
        List<Socket> waiting = new ArrayList<>();
        try (JvmProcess app = start(jdk, "held", "")) {
            for (int i = 0; i < 20; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), port(app));
                waiting.add(socket);
                ask(socket);
            }
            app.signal("TERM");
            app.await("reloader: - stop: waiting up to");
            app.tell("accept");
            for (Socket each : waiting) {
                assertThat(answer(each)).as(app.log()).startsWith("HTTP/1.1 200");
                each.close();
            }
            assertThat(app.exitCode()).as(app.log()).isZero();
        }
    }

    @EachJdk
    void duringTheTermDelayItServesOnAndEndsOnceNobodyComes(Jdk jdk) throws Exception {
        try (JvmProcess app = start(jdk, "threads", "term-delay=4s")) {
            app.signal("TERM");
            app.await("stop: serving on for up to");
            try (Socket late = new Socket(InetAddress.getLoopbackAddress(), port(app))) {
                ask(late);
                assertThat(answer(late)).startsWith("HTTP/1.1 200");
            }
            assertThat(app.exitCode()).as(app.log()).isZero();
        }
    }

    private static void ask(Socket socket) throws Exception {
        socket.setSoTimeout(30_000);
        socket.getOutputStream().write("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    private static String answer(Socket socket) throws Exception {
        InputStream in = socket.getInputStream();
        return new String(in.readNBytes(PlainServer.ANSWER.length()), StandardCharsets.US_ASCII);
    }

    private static JvmProcess start(Jdk jdk, String kind, String options) {
        JvmProcess app = Java.on(jdk)
                .agent(options)
                .classPath(Java.TEST_CLASSES)
                .main(PlainServer.class, kind)
                .start();
        app.await("listening on \\d+");
        app.await("reloader: \\* armed");
        return app;
    }

    private static int port(JvmProcess app) {
        return Integer.parseInt(app.await("listening on (\\d+)").group(1));
    }

    static Stream<Arguments> everyKindOnEachJdk() {
        return Stream.of("threads", "pool", "selector", "virtual")
                .flatMap(kind -> Jdk.all().stream()
                        .filter(jdk -> !kind.equals("virtual") || jdk.feature() >= 21)
                        .map(jdk -> Arguments.of(kind, jdk)));
    }
}
