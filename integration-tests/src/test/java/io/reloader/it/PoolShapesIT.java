// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

/**
 * Executors of every shape under load, rolled without pause by signals to the shipped agent. The harness, and the
 * naive roll that it must catch, are among the agent's own tests.
 */
class PoolShapesIT {
    private static final Path HARNESS =
            Path.of(System.getProperty("agent.test.classes")).normalize();

    @EachJdk
    void everyShapeOfExecutorLosesDoublesReordersAndInterruptsNothingWhileItRolls(Jdk jdk) {
        try (JvmProcess stress = Java.on(jdk)
                .agent("mercy=5s")
                .classPath(HARNESS)
                .with("io.reloader.pool.PoolStress", "600", "signals")
                .start()) {
            int status = stress.exitCode();
            assertThat(stress.lines())
                    .as(stress.log())
                    .noneMatch(line -> line.startsWith("violation") || line.startsWith("reloader: !"));
            assertThat(status).as(stress.log()).isZero();
            assertThat(stress.count("reloader: - reload \\d+ done")).isGreaterThan(50);
            assertThat(rolled(stress)).as("workers replaced\n%s", stress.log()).isGreaterThan(200);
        }
    }

    private static int rolled(JvmProcess stress) {
        int sum = 0;
        for (String line : stress.journal()) {
            if (line.contains(" done in ")) {
                String tally = line.substring(line.indexOf(" changed, ") + " changed, ".length());
                sum += Integer.parseInt(tally.substring(0, tally.indexOf('/')));
            }
        }
        return sum;
    }
}
