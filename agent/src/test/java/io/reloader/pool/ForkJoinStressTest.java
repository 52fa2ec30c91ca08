// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ForkJoinStressTest {

    @Test
    void rollingNeitherLosesNorCancelsATaskNorStallsNorGrowsAPool() throws Exception {
        ForkJoinStress still = new ForkJoinStress(millis());
        still.all();
        assertThat(still.violations).as("without rolls").isEmpty();

        ForkJoinStress rolling = new ForkJoinStress(millis());
        long rolled;
        try (RollingJvm jvm = new RollingJvm()) {
            jvm.startRolling();
            rolling.all();
            rolled = jvm.stopRolling();
        }
        assertThat(rolling.violations).isEmpty();
        assertThat(rolled).as("workers replaced").isGreaterThan(100);
        for (int i = 0; i < still.sizes.size(); i++) {
            // A pool adds a worker whenever a joining one would leave none awake, which depends on their timing.
            assertThat(rolling.sizes.get(i))
                    .as("largest size, %s, of %s", rolling.facts, still.facts)
                    .isLessThanOrEqualTo(still.sizes.get(i) + 2);
        }
    }

    private static long millis() {
        return Integer.getInteger("stress.millis", 400);
    }
}
