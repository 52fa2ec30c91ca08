// SPDX-License-Identifier: Apache-2.0
package io.reloader.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.reloader.control.Command;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** With signals that neither Maven nor HotSpot uses; those with a stub need a process of their own. */
class SignalsTest {
    private final LinkedBlockingQueue<Command> commands = new LinkedBlockingQueue<>();
    private final RecordingJournal journal = new RecordingJournal();
    private @Nullable Signals signals;

    @AfterEach
    void disarm() {
        if (signals != null) {
            signals.disarm();
        }
    }

    @Test
    void turnASignalIntoTheCommandItIsBoundTo() throws InterruptedException {
        arm(new Binding("WINCH", Command.RELOAD_WORKERS), new Binding("URG", Command.RELOAD_TASKS));

        Signal.raise(new Signal("URG"));
        assertThat(commands.poll(10, TimeUnit.SECONDS)).isEqualTo(Command.RELOAD_TASKS);
        Signal.raise(new Signal("WINCH"));
        assertThat(commands.poll(10, TimeUnit.SECONDS)).isEqualTo(Command.RELOAD_WORKERS);
    }

    @Test
    void sayWhatIsArmedInTheOrderGiven() {
        Signals armed = arm(new Binding("WINCH", Command.STOP), new Binding("URG", Command.RELOAD_WORKERS));

        assertThat(armed.describe()).isEqualTo("armed WINCH=stop URG=reload workers");
        assertThat(journal.lines).isEmpty();
    }

    @Test
    void sayThatNothingIsArmed() {
        assertThat(arm().describe()).isEqualTo("armed no signal");
    }

    @Test
    void nameTheOptionOfASignalThatCannotBeHad() {
        Signals armed = arm(
                new Binding("NONE", Command.STOP),
                new Binding("SEGV", Command.RELOAD_TASKS),
                new Binding("WINCH", Command.RELOAD_WORKERS));

        assertThat(armed.describe()).isEqualTo("armed WINCH=reload workers");
        assertThat(journal.lines)
                .containsExactly(
                        "! there is no signal NONE; use the command line, or set stop=<another signal>",
                        "! SIGSEGV belongs to the JVM; use the command line, or set reload-tasks=<another signal>");
    }

    @Test
    void leaveASignalToTheHandlerThatTheApplicationHasForIt() {
        SignalHandler application = signal -> commands.add(Command.TICK);
        SignalHandler before = Signal.handle(new Signal("WINCH"), application);
        try {
            Signals armed = arm(new Binding("WINCH", Command.STOP));

            assertThat(armed.describe()).isEqualTo("armed no signal");
            assertThat(journal.lines)
                    .containsExactly("! SIGWINCH has a handler of the application's own and is left to it; use the"
                            + " command line, or set stop=<another signal>");
            assertThat(Signal.handle(new Signal("WINCH"), before)).isSameAs(application);
        } finally {
            Signal.handle(new Signal("WINCH"), before);
        }
    }

    @Test
    void restoreTheHandlerTheyFound() {
        SignalHandler before = Signal.handle(new Signal("WINCH"), SignalHandler.SIG_IGN);
        try {
            Signals armed = arm(new Binding("WINCH", Command.STOP));
            armed.disarm();

            assertThat(armed.describe()).isEqualTo("armed no signal");
            assertThat(Signal.handle(new Signal("WINCH"), before)).isSameAs(SignalHandler.SIG_IGN);
        } finally {
            Signal.handle(new Signal("WINCH"), before);
        }
    }

    @Test
    void giveNoCommandOnceDisarmed() {
        Signals armed = arm(new Binding("WINCH", Command.STOP));
        SignalHandler ours = Signal.handle(new Signal("WINCH"), SignalHandler.SIG_DFL);
        armed.disarm();

        ours.handle(new Signal("WINCH"));

        assertThat(commands).isEmpty();
    }

    private Signals arm(Binding... bindings) {
        Signals armed = new Signals(List.of(bindings), commands::add, journal);
        signals = armed;
        armed.armEarly();
        return armed;
    }
}
