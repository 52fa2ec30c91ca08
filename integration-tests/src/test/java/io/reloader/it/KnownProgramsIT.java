// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Real programs whose threads keep running: known, named, never in the way of a reload or a stop. */
class KnownProgramsIT {
    private static final int RELOADS = 10;

    /** With -Dserver=kafka that one alone. */
    private static final String ONLY = System.getProperty("server", "");

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("everyProgramOnEachJdk")
    void reloadsUnderLoadFailNothingAndNameEveryThreadThatStays(KnownProgram program, Jdk jdk, @TempDir Path folder) {
        try (Served served = Served.withAgent(program, jdk, folder);
                ServedLoad load = served.load()) {
            served.awaitAllThreads();
            for (int i = 1; i <= RELOADS; i++) {
                load.expect(served.version(), served.reload(i % 3 == 0 ? "USR2" : "USR1"));
            }
            load.stop(served);
            served.stop();
            for (String line : program.named) {
                assertThat(served.process.journal())
                        .as(served.log())
                        .anyMatch(each -> each.matches("reloader: \\+ " + line + ".*"));
            }
            assertThat(served.process.journal())
                    .as("an idle program ends at once\n%s", served.log())
                    .anyMatch(
                            each -> each.matches("reloader: - stop: all work finished in (\\d+ ms|[1-9]\\.\\d s);.*"));
        }
    }

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("everyProgramOnEachJdk")
    void attachedUnderLoadItReloadsAndAStopWaitsForWorkInFlightButNotForIdleConnections(
            KnownProgram program, Jdk jdk, @TempDir Path folder) {
        try (Served served = Served.withoutAgent(program, jdk, folder);
                ServedLoad load = served.load()) {
            served.awaitAllThreads();
            served.attach();
            load.expect(served.version(), served.reload("USR1"));
            load.expect(served.version(), served.reload("USR2"));
            load.pause();
            if (!program.keepsTerm()) {
                load.askSlowly();
                served.awaitSlowRequest();
                served.stop();
                load.assertSlowAnswer();
            } else {
                served.stopByItself();
            }
        }
    }

    static Stream<Arguments> everyProgramOnEachJdk() {
        return Stream.of(KnownProgram.values())
                .filter(program -> ONLY.isEmpty() || ONLY.equalsIgnoreCase(program.name()))
                .flatMap(program -> Jdk.all().stream().filter(program::runsOn).map(jdk -> Arguments.of(program, jdk)));
    }
}
