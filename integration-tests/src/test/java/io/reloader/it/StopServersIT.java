// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** SIGTERM under load on real servers: every request that could be written has its whole answer. */
class StopServersIT {
    /** One in 16 takes so long. */
    private static final int SLOW_MILLIS = 300;

    /** With -Psoak, 100. */
    private static final int STOPS = Integer.getInteger("soak.stops", 1);

    /** With -Dserver=jetty12 that one alone. */
    private static final String ONLY = System.getProperty("server", "");

    @ParameterizedTest(name = "{0} on {1}", allowZeroInvocations = true)
    @MethodSource("everyHttpServerOnEachJdk")
    void aStopUnderLoadLosesNoRequest(Server server, Jdk jdk, @TempDir Path folder) {
        eachRound(folder, round -> stopUnderLoad(server, Java.on(jdk).agent(Served.OPTIONS), round));
    }

    @ParameterizedTest(name = "{0} on {1}", allowZeroInvocations = true)
    @MethodSource("serversThatAreAttachedTo")
    void aStopRightAfterALateAttachLosesNoRequest(Server server, Jdk jdk, @TempDir Path folder) {
        eachRound(folder, round -> {
            try (Served served = Served.withoutAgent(server, jdk, round);
                    JvmProcess load = load(jdk, served.port(), 12, 6)) {
                load.await("warm");
                served.attach();
                stopUnderLoad(served, load);
                assertNoneLost(served, load);
            }
        });
    }

    /** Its own stop, which would break off what is in flight, comes when nothing is; the graceful one is its default. */
    @EachJdk
    void springBootsImmediateShutdownComesAfterAllWork(Jdk jdk, @TempDir Path folder) {
        eachRound(
                folder,
                round -> stopUnderLoad(
                        Server.SPRINGBOOT3,
                        Java.on(jdk).agent(Served.OPTIONS).with("-Dserver.shutdown=immediate"),
                        round));
    }

    /** 18 callers, 8 of which are accepted at a time. */
    @EachJdk
    void whoWaitsBecauseTomcatHasAsManyConnectionsAsItMayIsServed(Jdk jdk, @TempDir Path folder) {
        eachRound(
                folder,
                round -> stopUnderLoad(
                        Server.TOMCAT11, Java.on(jdk).agent(Served.OPTIONS).with("-DmaxConnections=8"), round));
    }

    private static void stopUnderLoad(Server server, Java java, Path folder) {
        try (Served served = Served.withAgent(server, java, folder);
                JvmProcess load = load(java.jdk(), served.port(), 12, 6)) {
            stopUnderLoad(served, load);
            assertNoneLost(served, load);
        }
    }

    static void eachRound(Path folder, Consumer<Path> stop) {
        for (int i = 0; i < STOPS; i++) {
            Path round = folder.resolve("round-" + i);
            assertThat(round.toFile().mkdirs()).isTrue();
            stop.accept(round);
        }
    }

    static void stopUnderLoad(Served served, JvmProcess load) {
        load.await("warm");
        // At any moment of what a request goes through.
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(50_000_000));
        served.stop();
        assertThat(load.exitCode()).as(load.log()).isZero();
        assertThat(served.process.journal())
                .as("%s", served.log())
                .anyMatch(line -> line.contains("stop: nothing new comes in on port " + served.port()))
                .anyMatch(line -> line.contains("are the last of their connections"))
                .anyMatch(line -> line.contains("stop: all work finished in"));
    }

    private static void assertNoneLost(Served served, JvmProcess load) {
        assertThat(load.lines())
                .as(load.log() + served.log())
                .anyMatch(line -> line.matches("summary good=\\d+ reset=0 empty=0 cut=0 wrong=0 refused=18 .*"));
    }

    /** Callers that keep their connections, and callers that do not. */
    static JvmProcess load(Jdk jdk, int port, int kept, int fresh) {
        return Java.on(jdk)
                .with("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
                .classPath(Server.jar("answers"))
                .with(
                        "com.example.client.StopLoad",
                        Integer.toString(port),
                        Integer.toString(kept),
                        Integer.toString(fresh),
                        Integer.toString(SLOW_MILLIS))
                .start();
    }

    static Stream<Arguments> everyHttpServerOnEachJdk() {
        Set<Server> http = EnumSet.complementOf(EnumSet.of(Server.GRPC, Server.FORKJOIN));
        return http.stream()
                .filter(StopServersIT::wanted)
                .flatMap(server -> server.jdks().map(jdk -> Arguments.of(server, jdk)));
    }

    static Stream<Arguments> serversThatAreAttachedTo() {
        return Stream.of(Server.TOMCAT11, Server.JETTY12, Server.NETTY42)
                .filter(StopServersIT::wanted)
                .flatMap(server -> server.jdks().map(jdk -> Arguments.of(server, jdk)));
    }

    static boolean wanted(Server server) {
        return ONLY.isEmpty() || ONLY.equals(server.toString());
    }
}
