// SPDX-License-Identifier: Apache-2.0
package io.reloader.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import io.reloader.control.Journal;
import io.reloader.os.NativeUnavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class NotifyingSupervisorTest {
    private final List<String> heard = new ArrayList<>();
    private final List<String> trouble = new ArrayList<>();
    private long now = TimeUnit.SECONDS.toNanos(5);

    @Test
    void aUnitIsReadyReloadsIsReadyAgainAndStops() {
        NotifyingSupervisor supervisor = started(new Unit("/run/n", 0, 0));
        assertThat(heard).containsExactly("READY=1\nSTATUS=serving");

        supervisor.reloading();
        supervisor.ready("reload 1 refused: 1 fault");
        supervisor.stopping();
        supervisor.extend(TimeUnit.SECONDS.toNanos(15));
        supervisor.status("stop: waiting\nfor 1 worker");
        assertThat(heard)
                .containsExactly(
                        "READY=1\nSTATUS=serving",
                        "RELOADING=1\nMONOTONIC_USEC=5000000\nSTATUS=reloading",
                        "READY=1\nSTATUS=reload 1 refused: 1 fault",
                        "STOPPING=1",
                        "EXTEND_TIMEOUT_USEC=15000000",
                        "STATUS=stop: waiting for 1 worker");
    }

    @Test
    void aReloadBeforeTheApplicationIsReadyDoesNotMakeItReady() {
        NotifyingSupervisor supervisor = connected(new Unit("/run/n", 0, 0));
        supervisor.reloading();
        supervisor.ready("reload 1 done");
        supervisor.alive();
        assertThat(heard).containsExactly("STATUS=reload 1 done");

        supervisor.serving();
        supervisor.alive();
        supervisor.alive();
        assertThat(heard).containsExactly("STATUS=reload 1 done", "READY=1\nSTATUS=serving");
    }

    @Test
    void anApplicationThatGetsReadyDuringAReloadIsReadyAndReloading() {
        NotifyingSupervisor supervisor = connected(new Unit("/run/n", 0, 0));
        supervisor.reloading();
        supervisor.serving();
        supervisor.alive();
        supervisor.ready("reload 1 done");
        assertThat(heard)
                .containsExactly(
                        "READY=1\nSTATUS=serving",
                        "RELOADING=1\nMONOTONIC_USEC=5000000\nSTATUS=reloading",
                        "READY=1\nSTATUS=reload 1 done");
    }

    @Test
    void anApplicationThatIsStoppedBeforeItIsReadyNeverSaysThatItIs() {
        NotifyingSupervisor supervisor = connected(new Unit("/run/n", 0, 0));
        supervisor.stopping();
        supervisor.serving();
        supervisor.alive();
        supervisor.ready("STOP failed");
        assertThat(heard).containsExactly("STATUS=STOP failed");
    }

    @Test
    void theWatchdogIsFedTwiceInItsPeriodHoweverOftenTheLoopTurns() {
        NotifyingSupervisor supervisor = started(new Unit("/run/n", TimeUnit.SECONDS.toNanos(4), 0));
        assertThat(supervisor.beat()).isEqualTo(TimeUnit.SECONDS.toNanos(2));
        for (int millis = 0; millis < 20_000; millis += 10) {
            now += TimeUnit.MILLISECONDS.toNanos(10);
            supervisor.alive();
        }
        assertThat(heard.stream().filter("WATCHDOG=1"::equals)).hasSize(10);

        now += TimeUnit.MILLISECONDS.toNanos(1500);
        supervisor.alive();
        assertThat(supervisor.beat())
                .as("a turn between two beats does not put the next one off")
                .isEqualTo(TimeUnit.MILLISECONDS.toNanos(500));
    }

    @Test
    void theWatchdogIsNotFedBeforeTheApplicationIsReady() {
        NotifyingSupervisor supervisor = connected(new Unit("/run/n", TimeUnit.SECONDS.toNanos(4), 0));
        now += TimeUnit.SECONDS.toNanos(60);
        supervisor.alive();
        assertThat(heard).isEmpty();
    }

    @Test
    void behindAWrapperTheMainProcessIsNamed() {
        started(new Unit("/run/n", 0, 4711));
        assertThat(heard).containsExactly("READY=1\nSTATUS=serving\nMAINPID=4711");
    }

    @Test
    void aStateThatCouldNotBeTakenIsSentAgainSoonAndAStatusIsNot() {
        NotifyingSupervisor supervisor = started(new Unit("/run/n", 0, 0));
        heard.clear();
        supervisor.connect(lines -> false);
        supervisor.reloading();
        supervisor.ready("reload 1 done");
        supervisor.status("lost");
        assertThat(supervisor.beat()).isLessThan(TimeUnit.SECONDS.toNanos(1));

        supervisor.connect(heard::add);
        supervisor.alive();
        supervisor.alive();
        assertThat(heard).containsExactly("READY=1\nSTATUS=reload 1 done");
        assertThat(supervisor.beat()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aManagerThatCannotBeReachedIsReportedOnce() {
        NotifyingSupervisor supervisor = connected(new Unit("/run/n", 0, 0));
        supervisor.connect(lines -> {
            throw new NativeUnavailable("sendto failed with errno 2", null);
        });
        supervisor.serving();
        supervisor.alive();
        supervisor.reloading();
        supervisor.ready("reload 1 done");
        assertThat(trouble).singleElement().asString().startsWith("NOTIFY_SOCKET=/run/n: sendto failed with errno 2; ");
    }

    @Test
    void aStatusIsNeverTooLongForADatagram() {
        NotifyingSupervisor supervisor = connected(new Unit("/run/n", 0, 0));
        supervisor.status("€".repeat(5000));
        assertThat(heard.get(0).getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .hasSizeLessThan(4096);
    }

    private NotifyingSupervisor started(Unit unit) {
        NotifyingSupervisor supervisor = connected(unit);
        supervisor.alive();
        supervisor.serving();
        supervisor.alive();
        return supervisor;
    }

    private NotifyingSupervisor connected(Unit unit) {
        NotifyingSupervisor supervisor = new NotifyingSupervisor(unit, new Complaints(), () -> now);
        supervisor.connect(heard::add);
        return supervisor;
    }

    private final class Complaints implements Journal {
        @Override
        public void setting(String line) {}

        @Override
        public void event(String line) {}

        @Override
        public void detail(String line) {}

        @Override
        public void trouble(String line) {
            trouble.add(line);
        }
    }
}
