// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The change sets of the agent's own tests, compiled and run by each JDK. */
class DifferentialIT {

    @EachJdk
    void reloadedProgramsAnswerAsNewlyStartedOnes(Jdk jdk, @TempDir Path folder) {
        try (JvmProcess process = AgentTests.start(jdk, "code.Differential", folder.toString())) {
            int status = process.exitCode();
            assertThat(process.lines()).as(process.log()).noneMatch(line -> line.startsWith("fault "));
            assertThat(process.count("ran \\d{3} change sets, plain and with two versions; 0 faults"))
                    .as(process.log())
                    .isEqualTo(1);
            assertThat(status).as(process.log()).isZero();
        }
    }
}
