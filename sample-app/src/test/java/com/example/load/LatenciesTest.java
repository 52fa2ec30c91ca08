// SPDX-License-Identifier: Apache-2.0
package com.example.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class LatenciesTest {
    @Test
    void aPercentileIsRightToAFewPercent() {
        Latencies latencies = new Latencies();
        for (int micros = 1; micros <= 100_000; micros++) {
            latencies.add(micros * 1000L);
        }

        assertThat(latencies.percentile(50)).isCloseTo(50, Percentage.withPercentage(4));
        assertThat(latencies.percentile(99)).isCloseTo(99, Percentage.withPercentage(4));
        assertThat(latencies.percentile(100)).isEqualTo(100);
        assertThat(latencies.max()).isEqualTo(100);
    }

    @Test
    void oneSlowRequestInAThousandShowsInTheMaximumOnly() {
        Latencies latencies = new Latencies();
        for (int i = 0; i < 999; i++) {
            latencies.add(1_000_000);
        }
        latencies.add(5_000_000_000L);

        assertThat(latencies.percentile(99)).isCloseTo(1, within(0.04));
        assertThat(latencies.max()).isEqualTo(5000);
    }

    @Test
    void smallAndHugeValuesHaveABucket() {
        Latencies latencies = new Latencies();
        latencies.add(0);
        latencies.add(63);
        latencies.add(Long.MAX_VALUE);

        assertThat(latencies.percentile(1)).isZero();
        assertThat(latencies.percentile(100)).isEqualTo(Long.MAX_VALUE / 1e6);
    }

    @Test
    void nothingMeasuredIsZero() {
        assertThat(new Latencies().percentile(99)).isZero();
    }
}
