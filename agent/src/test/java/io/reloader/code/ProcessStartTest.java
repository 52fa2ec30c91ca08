// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProcessStartTest {

    @Test
    void isTheTimeThisProcessBeganToAFewHundredthsOfASecond() {
        // The JVM notes this a little after its process was made.
        Instant jvm = Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());

        assertThat(Duration.between(ProcessStart.instant(), jvm))
                .isBetween(Duration.ofMillis(-30), Duration.ofSeconds(1));
    }
}
