// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Real servers with real pools under keep-alive load: new code, fresh workers, no request failed. */
class ServersIT {
    private static final int RELOADS = 10;
    private static final int RELOADS_AFTER_ATTACH = 3;

    /** With -Dserver=jetty12 that one alone. */
    private static final String ONLY = System.getProperty("server", "");

    /** With -Psoak each story goes on for so long. */
    private static final Duration SOAK = Duration.ofSeconds(Long.getLong("soak.seconds", 0));

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("everyServerOnEachJdk")
    void reloadsUnderLoadFailNoRequestAndRenewEveryWorker(Server server, Jdk jdk, @TempDir Path folder) {
        try (Served served = Served.withAgent(server, jdk, folder);
                ServedLoad load = served.load()) {
            served.awaitAllThreads();
            served.watch();
            reloadUnderLoad(served, load, RELOADS);
            served.assertSizeWasConstant();
            load.stop(served);
            served.stop();
        }
    }

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("everyServerOnEachJdk")
    void attachedUnderLoadItRollsAsFromTheStart(Server server, Jdk jdk, @TempDir Path folder) {
        try (Served served = Served.withoutAgent(server, jdk, folder);
                ServedLoad load = served.load()) {
            served.awaitAllThreads();
            served.attach();
            reloadUnderLoad(served, load, RELOADS_AFTER_ATTACH);
            load.stop(served);
            served.stop();
        }
    }

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("everyServerOnEachJdk")
    void attachedWhileIdleItRenewsTheWorkersThatSlept(Server server, Jdk jdk, @TempDir Path folder) {
        try (Served served = Served.withoutAgent(server, jdk, folder)) {
            try (ServedLoad warming = served.load()) {
                served.awaitAllThreads();
                warming.stop(served);
            }
            served.attach();
            served.reload("USR1");
            served.reload("USR2");
            try (ServedLoad load = served.load()) {
                load.stop(served);
            }
            served.stop();
        }
    }

    /** Workers by USR1, and at the end the task pools too. */
    private static void reloadUnderLoad(Served served, ServedLoad load, int reloads) {
        long start = System.nanoTime();
        for (int i = 1; i <= reloads || System.nanoTime() - start < SOAK.toNanos(); i++) {
            Set<Long> retired = served.reload("USR1");
            load.expect(served.version(), retired);
        }
        Set<Long> retired = served.reload("USR2");
        load.expect(served.version(), retired);
    }

    static Stream<Arguments> everyServerOnEachJdk() {
        return Stream.of(Server.values())
                .filter(server -> ONLY.isEmpty() || ONLY.equals(server.toString()))
                .flatMap(server -> server.jdks().map(jdk -> Arguments.of(server, jdk)));
    }
}
