// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Structural change in real servers under keep-alive load: no request fails, and none meets two versions. */
class StructureIT {
    private static final int RELOADS = 5;
    private static final String OPTIONS = Served.OPTIONS + ",structure=true";

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("serversOnEachJdk")
    void membersComeAndGoUnderLoad(Program server, Jdk jdk, @TempDir Path folder) {
        try (Served served = Served.withAgent(server, Java.on(jdk).agent(OPTIONS), folder, new Shapes());
                ServedLoad load = served.load()) {
            served.awaitAllThreads();
            reload(served, load);
        }
    }

    @EachJdk
    void membersComeAndGoInAProgramThatWasAttachedTo(Jdk jdk, @TempDir Path folder) {
        try (Served served = Served.withoutAgent(Server.JDKHTTP, jdk, folder, new Shapes());
                ServedLoad load = served.load()) {
            served.awaitAllThreads();
            served.attach(OPTIONS);
            reload(served, load);
        }
    }

    private static void reload(Served served, ServedLoad load) {
        for (int i = 1; i <= RELOADS; i++) {
            Set<Long> retired = served.reload("USR1");
            load.expect(served.version(), retired);
        }
        load.stop(served);
        served.stop();
    }

    static Stream<Arguments> serversOnEachJdk() {
        return Stream.of(Server.JDKHTTP, Server.JETTY12, FatJar.BOOT4, War.TOMCAT_CLASSES)
                .flatMap(server -> Jdk.all().stream().map(jdk -> Arguments.of(server, jdk)));
    }
}
