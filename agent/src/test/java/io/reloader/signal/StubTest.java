// SPDX-License-Identifier: Apache-2.0
package io.reloader.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.reloader.control.Command;
import io.reloader.os.Architecture;
import io.reloader.os.NativeAccess;
import io.reloader.os.Sigaction;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import jdk.jfr.consumer.RecordingStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** Arms SIGUSR2 in the test's own JVM and sends it real ones. */
class StubTest {
    private static final int SIGUSR2 = 12;
    private static NativeAccess access;

    private final LinkedBlockingQueue<Command> commands = new LinkedBlockingQueue<>();
    private final RecordingJournal journal = new RecordingJournal();
    private final Signals signals = new Signals(
            List.of(new Binding("URG", Command.RELOAD_WORKERS), new Binding("USR2", Command.RELOAD_TASKS)),
            commands::add,
            journal);

    // Written by the test, read by the busy thread.
    private volatile boolean done;

    @BeforeAll
    static void open() throws Exception {
        assumeTrue(Architecture.current() != Architecture.OTHER, "no stub for this architecture");
        assumeTrue(System.getenv("_JAVA_SR_SIGNUM") == null, "HotSpot's suspend signal was moved");
        access = NativeAccess.open(instrumentation());
    }

    @AfterEach
    void disarm() {
        done = true;
        signals.disarm();
    }

    @Test
    void turnsEachSignalFromOutsideIntoOneCommand() throws Exception {
        signals.armEarly();
        signals.armStub(access);

        kill();
        assertThat(commands.poll(10, TimeUnit.SECONDS)).isEqualTo(Command.RELOAD_TASKS);
        kill();
        assertThat(commands.poll(10, TimeUnit.SECONDS)).isEqualTo(Command.RELOAD_TASKS);
        assertThat(commands).isEmpty();
        assertThat(signals.describe()).isEqualTo("armed URG=reload workers USR2=reload tasks");
        assertThat(journal.lines).isEmpty();
    }

    @Test
    void deliversWhatCameBeforeItStood() throws Exception {
        signals.armEarly();
        kill();
        signals.armStub(access);

        assertThat(commands.poll(10, TimeUnit.SECONDS)).isEqualTo(Command.RELOAD_TASKS);
    }

    @Test
    void leavesFlightRecordingItsSamplesAndMakesNoCommandOfThem() throws Exception {
        Thread work = new Thread(this::work, "busy");
        work.setDaemon(true);
        work.start();
        CountDownLatch samples = new CountDownLatch(20);
        try (RecordingStream recording = new RecordingStream()) {
            recording.enable("jdk.ExecutionSample").withPeriod(Duration.ofMillis(10));
            recording.onEvent("jdk.ExecutionSample", sample -> samples.countDown());
            signals.armLate(access);
            recording.startAsync();

            assertThat(samples.await(30, TimeUnit.SECONDS))
                    .as("20 execution samples within 30 s")
                    .isTrue();
        }
        assertThat(commands).isEmpty();
    }

    @Test
    void restoresTheSuspendHandlerAsHotSpotInstalledIt() throws Exception {
        Sigaction found = access.libc().sigaction(SIGUSR2);

        signals.armEarly();
        signals.armStub(access);
        assertThat(access.libc().sigaction(SIGUSR2).handler()).isNotEqualTo(found.handler());
        signals.disarm();

        assertThat(access.libc().sigaction(SIGUSR2)).isEqualTo(found);
    }

    @Test
    void saysOnceThatTheApplicationTookASignalAndOnceThatItGaveItBack() throws Exception {
        signals.armEarly();
        signals.armStub(access);

        SignalHandler lent = Signal.handle(new Signal("USR2"), signal -> {});
        signals.check();
        signals.check();
        assertThat(journal.lines)
                .containsExactly(
                        "! the application took SIGUSR2, which meant reload tasks; use the command line, or set"
                                + " reload-tasks=<another signal>");
        assertThat(signals.describe()).isEqualTo("armed URG=reload workers");

        Signal.handle(new Signal("USR2"), lent);
        signals.check();
        kill();
        assertThat(commands.poll(10, TimeUnit.SECONDS)).isEqualTo(Command.RELOAD_TASKS);
        assertThat(journal.lines).last().isEqualTo("- SIGUSR2 means reload tasks again");
    }

    /** By name: compiling against ByteBuddyAgent warns of annotations that are not on the class path. */
    private static Instrumentation instrumentation() throws ReflectiveOperationException {
        return (Instrumentation) Class.forName("net.bytebuddy.agent.ByteBuddyAgent")
                .getMethod("install")
                .invoke(null);
    }

    private void work() {
        double sum = 0;
        while (!done || Double.isNaN(sum)) {
            for (int i = 0; i < 1000; i++) {
                sum += Math.sqrt(i);
            }
        }
    }

    private static void kill() throws IOException, InterruptedException {
        Process kill = new ProcessBuilder(
                        "kill", "-USR2", Long.toString(ProcessHandle.current().pid()))
                .inheritIO()
                .start();
        assertThat(kill.waitFor()).isZero();
    }
}
