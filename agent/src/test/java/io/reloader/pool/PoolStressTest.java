// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class PoolStressTest {

    @Test
    void rollingNeitherLosesNorDoublesNorReordersNorInterruptsATask() throws Exception {
        PoolStress stress = new PoolStress(Integer.getInteger("stress.millis", 300));
        long rolled;
        try (RollingJvm jvm = new RollingJvm()) {
            jvm.startRolling();
            stress.all();
            rolled = jvm.stopRolling();
        }
        assertThat(stress.violations()).isEmpty();
        assertThat(rolled).as("workers replaced").isGreaterThan(200);
    }

    @Test
    void theSameCheckSeesWhatTheObviousWayToRollBreaks() throws Exception {
        PoolStress stress = new PoolStress(600);
        // Each damage is a race that it may take several rounds to see on a loaded machine.
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        try (NaiveRoll naive = new NaiveRoll()) {
            while (!bothSeen(stress) && System.nanoTime() - deadline < 0) {
                stress.steady(StressShape.SCHEDULER);
                stress.steady(StressShape.SINGLE);
            }
            assertThat(naive.retired).as("workers thrown out").hasValueGreaterThan(50);
        }
        assertThat(bothSeen(stress)).as("violations: %s", stress.violations()).isTrue();
    }

    private static boolean bothSeen(PoolStress stress) {
        return stress.violations().stream()
                        .anyMatch(each -> each.startsWith("SCHEDULER:") && each.endsWith("ran above the concurrency"))
                && stress.violations().stream().anyMatch(each -> each.startsWith("SINGLE:"));
    }
}
