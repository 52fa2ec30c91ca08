// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the JDK of the build only: each release of the JVM gives the code of loaded classes back in another way. */
class HistoriesIT {
    private static final Path ROOT =
            Path.of(System.getProperty("servers"), "..", "..").normalize();

    @Test
    void theReadmeSaysWhatAReloadMakesOfTheReleasesOfLibraries(@TempDir Path folder) throws IOException {
        String jars = ROOT.resolve("integration-tests/histories/target/jars").toString();
        try (JvmProcess process = AgentTests.start(Jdk.current(), "code.Histories", jars, folder.toString())) {
            assertThat(process.exitCode()).as(process.log()).isZero();
            List<String> rows = process.lines().stream()
                    .filter(line -> line.startsWith("| "))
                    .toList();
            assertThat(rows).as(process.log()).hasSizeGreaterThan(10);
            assertThat(Files.readAllLines(ROOT.resolve("README.md")))
                    .as(process.log())
                    .containsAll(rows);
        }
    }
}
