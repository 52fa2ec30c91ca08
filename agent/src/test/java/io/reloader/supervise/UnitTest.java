// SPDX-License-Identifier: Apache-2.0
package io.reloader.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class UnitTest {
    private static final String PID = Long.toString(ProcessHandle.current().pid());
    private static final String ANOTHER = "1";

    @Test
    void withoutASocketThereIsNone() {
        assertThat(Unit.of(Map.of("WATCHDOG_USEC", "1000"))).isNull();
        assertThat(Unit.of(Map.of("NOTIFY_SOCKET", ""))).isNull();
    }

    @Test
    void theProcessThatTheManagerStartedNeedsNoIntroduction() {
        assertThat(Unit.of(Map.of("NOTIFY_SOCKET", "@n", "SYSTEMD_EXEC_PID", PID)))
                .isEqualTo(new Unit("@n", 0, 0));
        assertThat(Unit.of(Map.of("NOTIFY_SOCKET", "@n"))).isEqualTo(new Unit("@n", 0, 0));
    }

    @Test
    void aWatchdogThatIsMeantForAnotherProcessIsNotFed() {
        assertThat(watchdog(Map.of("WATCHDOG_PID", PID))).isEqualTo(TimeUnit.SECONDS.toNanos(3));
        assertThat(watchdog(Map.of())).isEqualTo(TimeUnit.SECONDS.toNanos(3));
        assertThat(watchdog(Map.of("WATCHDOG_PID", ANOTHER))).isZero();
        assertThat(watchdog(Map.of("WATCHDOG_USEC", "soon"))).isZero();
    }

    @Test
    void behindAWrapperWeAreTheMainProcessAndFeedItsWatchdog() {
        Map<String, String> environment = Map.of(
                "NOTIFY_SOCKET",
                "@n",
                "SYSTEMD_EXEC_PID",
                ANOTHER,
                "WATCHDOG_PID",
                ANOTHER,
                "WATCHDOG_USEC",
                "3000000");
        Unit unit = new Unit("@n", TimeUnit.SECONDS.toNanos(3), Long.parseLong(PID));
        assertThat(Unit.of(environment, false)).isEqualTo(unit);
    }

    @Test
    void aChildOfTheJvmThatSpeaksIsSilent() {
        assertThat(Unit.of(Map.of("NOTIFY_SOCKET", "@n", "SYSTEMD_EXEC_PID", ANOTHER), true))
                .isNull();
    }

    private static long watchdog(Map<String, String> more) {
        Map<String, String> environment =
                new java.util.HashMap<>(Map.of("NOTIFY_SOCKET", "@n", "WATCHDOG_USEC", "3000000"));
        environment.putAll(more);
        Unit unit = Unit.of(environment);
        return unit == null ? -1 : unit.watchdogNanos();
    }
}
