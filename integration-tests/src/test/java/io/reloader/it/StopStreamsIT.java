// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** SIGTERM under load over HTTP/2: every stream that the server does not declare unseen has its whole answer. */
class StopStreamsIT {

    @ParameterizedTest(name = "{0} on {1}", allowZeroInvocations = true)
    @MethodSource("everyServerOfHttp2OnEachJdk")
    void aStopUnderLoadSaysGoodbyeAndLosesNoStream(Server server, Jdk jdk, @TempDir Path folder) {
        StopServersIT.eachRound(folder, round -> {
            try (Served served = Served.withAgent(
                            server, Java.on(jdk).agent(Served.OPTIONS).with("-Dhttp2=true"), round);
                    JvmProcess load = streams(server, jdk, served.port())) {
                StopServersIT.stopUnderLoad(served, load);
                // Those that keep their connections: the server has ended none of them without a word.
                assertThat(load.lines())
                        .as(load.log() + served.log())
                        .anyMatch(line -> line.matches(
                                "summary good=\\d+ lost=0 refused=9 unseen=\\d+ goaway=[1-9]\\d* closed=\\d+"));
            }
        });
    }

    @EachJdk
    void aStopUnderLoadLosesNoCallOfGrpcsOwnClient(Jdk jdk, @TempDir Path folder) {
        StopServersIT.eachRound(folder, round -> {
            try (Served served = Served.withAgent(Server.GRPC, jdk, round);
                    JvmProcess load = calls(jdk, served.port())) {
                StopServersIT.stopUnderLoad(served, load);
                assertThat(load.lines())
                        .as(load.log() + served.log())
                        .anyMatch(line -> line.matches("summary good=\\d+ lost=0 refused=9"));
            }
        });
    }

    private static JvmProcess streams(Server server, Jdk jdk, int port) {
        Java java = Java.on(jdk)
                .with("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
                .classPath(Server.jar("answers"))
                .with("com.example.client.StopStreams", Integer.toString(port), "6", "3", "300");
        return (server == Server.GRPC ? java.with("grpc") : java).start();
    }

    private static JvmProcess calls(Jdk jdk, int port) {
        Java java = Java.on(jdk).with("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
        if (jdk.feature() >= 24) {
            java.with("--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED");
        }
        return java.classPath(Server.jar("grpc"), Server.libraries("grpc"))
                .with("com.example.grpc.GrpcStopLoad", Integer.toString(port), "6", "3", "300")
                .start();
    }

    static Stream<Arguments> everyServerOfHttp2OnEachJdk() {
        return Stream.of(Server.TOMCAT11, Server.JETTY12, Server.UNDERTOW, Server.GRPC)
                .filter(StopServersIT::wanted)
                .flatMap(server -> server.jdks().map(jdk -> Arguments.of(server, jdk)));
    }
}
