// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.io.TempDir;

/** The change sets of the agent's own tests, compiled and run by each JDK. */
class DifferentialIT {
    /** Where the agent was built. */
    private static final Path TARGET =
            Path.of(System.getProperty("agent.test.classes"), "..").normalize();

    @EachJdk
    void reloadedProgramsAnswerAsNewlyStartedOnes(Jdk jdk, @TempDir Path folder) throws Exception {
        Path assertions = Path.of(Assertions.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (JvmProcess process = Java.on(jdk)
                .with("--patch-module", "java.base=" + TARGET.resolve("boot-classes"))
                .with("--add-opens", "java.base/java.util.concurrent=ALL-UNNAMED", "-Xshare:off")
                .with("-Djdk.attach.allowAttachSelf=true", "-XX:+EnableDynamicAgentLoading")
                .classPath(
                        TARGET.resolve("test-classes"), TARGET.resolve("classes"), TARGET.resolve("bundle"), assertions)
                .with("io.reloader.code.Differential", folder.toString())
                .start()) {
            int status = process.exitCode();
            assertThat(process.lines()).as(process.log()).noneMatch(line -> line.startsWith("fault "));
            assertThat(process.count("ran \\d{3} change sets, plain and with two versions; 0 faults"))
                    .as(process.log())
                    .isEqualTo(1);
            assertThat(status).as(process.log()).isZero();
        }
    }
}
