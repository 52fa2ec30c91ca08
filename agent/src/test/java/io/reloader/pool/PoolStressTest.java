// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class PoolStressTest {

    @Test
    void rollingNeitherLosesNorDoublesNorReordersNorInterruptsATask() throws Exception {
        PoolStress stress = new PoolStress(Integer.getInteger("stress.millis", 300));
        AtomicLong rolled = new AtomicLong();
        try (RollingJvm jvm = new RollingJvm()) {
            Thread roller = new Thread(() -> rolled.set(jvm.rollOnAndOn()), "roller");
            roller.start();
            stress.all();
            roller.interrupt();
            roller.join();
        }
        stress.facts().forEach(System.out::println);
        System.out.println("rolled " + rolled);
        assertThat(stress.violations()).isEmpty();
        assertThat(rolled).as("workers replaced").hasValueGreaterThan(200);
    }
}
