// SPDX-License-Identifier: Apache-2.0
package io.reloader.agent;

import io.reloader.code.ClassTakeUp;
import io.reloader.code.LiveClasses;
import io.reloader.control.Command;
import io.reloader.control.ControlLoop;
import io.reloader.control.Inbox;
import io.reloader.control.Journal;
import io.reloader.control.Settings;
import io.reloader.control.World;
import io.reloader.options.Option;
import io.reloader.options.Options;
import io.reloader.signal.Binding;
import io.reloader.signal.Signals;
import java.lang.instrument.Instrumentation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Builds the agent out of its parts. What must be there before the application runs is done on its main thread:
 * signals, the watch on classes as they load, the control loop. The rest is left to {@link Arming}.
 */
final class Assembly {
    /** Longer than arming takes on the slowest machine; an attach that hangs is worse than one that is half done. */
    private static final long ATTACH_WAITS_SECONDS = 60;

    private final Instrumentation instrumentation;
    private final Options options;
    private final Journal journal;
    private final String version;

    Assembly(Instrumentation instrumentation, Options options, Journal journal, String version) {
        this.instrumentation = instrumentation;
        this.options = options;
        this.journal = journal;
        this.version = version;
    }

    void start(boolean late) {
        Inbox inbox = new Inbox();
        Signals signals = new Signals(bindings(), inbox::put, journal);
        if (!late) {
            signals.armEarly();
        }
        LiveClasses classes = new LiveClasses();
        instrumentation.addTransformer(classes, true);
        ClassTakeUp code = new ClassTakeUp(
                instrumentation, classes, journal, Duration.ofMillis(options.millis(Option.QUIET_PERIOD)));
        ArmedPools pools = new ArmedPools();
        World world = new World(
                code, pools, new JvmHost(), journal, AgentThreads.shortLived("reloader-code"), System::nanoTime);
        Settings settings = new Settings(options.nanos(Option.MERCY), options.nanos(Option.TERM_DEADLINE));
        AgentThreads.start("reloader-control", new ControlLoop(inbox, world, settings));

        CountDownLatch armed = new CountDownLatch(1);
        Arming arming = new Arming(instrumentation, options, journal, version);
        AgentThreads.start("reloader-start", () -> {
            arming.run(signals, pools, code, inbox, late);
            inbox.put(Command.READY);
            armed.countDown();
        });
        if (late) {
            await(armed);
        }
    }

    private void await(CountDownLatch armed) {
        try {
            if (!armed.await(ATTACH_WAITS_SECONDS, TimeUnit.SECONDS)) {
                journal.trouble("attach: not armed after " + ATTACH_WAITS_SECONDS + " s; it goes on in the background");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Binding> bindings() {
        List<Binding> bindings = new ArrayList<>();
        bind(bindings, Option.STOP, Command.STOP);
        bind(bindings, Option.RELOAD, Command.RELOAD_WORKERS);
        bind(bindings, Option.RELOAD_TASKS, Command.RELOAD_TASKS);
        return bindings;
    }

    private void bind(List<Binding> bindings, Option option, Command command) {
        String signal = options.signal(option);
        if (signal != null) {
            bindings.add(new Binding(signal, command));
        }
    }
}
