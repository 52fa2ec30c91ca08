// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole application in one jar: replaced by rename under load, its new code serves and nothing fails. */
class FatJarIT {
    private static final int RELOADS = 3;

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("everyFatJarOnEachJdk")
    void aReplacedFatJarIsTakenUpUnderLoad(FatJar application, Jdk jdk, @TempDir Path folder) {
        try (Served served = Served.withAgent(application, jdk, folder);
                ServedLoad load = served.load()) {
            served.awaitAllThreads();
            for (int i = 1; i <= RELOADS; i++) {
                Set<Long> retired = served.reload("USR1");
                load.expect(served.version(), retired);
            }
            Set<Long> retired = served.reloadWithNewClass("USR1");
            load.expect(served.version(), retired);
            assertThat(served.process.journal())
                    .as(served.log())
                    .anyMatch(line -> line.matches("reloader: \\+ 1 new class from .*/app.jar!/BOOT-INF/.*"));
            retired = served.reload("USR2");
            load.expect(served.version(), retired);
            load.stop(served);
            served.stop();
        }
    }

    static Stream<Arguments> everyFatJarOnEachJdk() {
        return Stream.of(FatJar.values()).flatMap(jar -> Jdk.all().stream().map(jdk -> Arguments.of(jar, jdk)));
    }
}
