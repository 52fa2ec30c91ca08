// SPDX-License-Identifier: Apache-2.0
package io.reloader.agent;

import io.reloader.code.ClassTakeUp;
import io.reloader.code.LiveClasses;
import io.reloader.control.Command;
import io.reloader.control.ControlLoop;
import io.reloader.control.Inbox;
import io.reloader.control.Journal;
import io.reloader.control.Overdue;
import io.reloader.control.Settings;
import io.reloader.control.World;
import io.reloader.options.Option;
import io.reloader.options.Options;
import io.reloader.signal.Binding;
import io.reloader.signal.CommandSink;
import io.reloader.signal.Signals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Builds the agent out of its parts. What must be there before the application runs is done on its main thread:
 * signals, the watch on classes as they load, the control loop. The rest is left to {@link Arming}.
 */
final class Assembly {
    /** Longer than arming takes on the slowest machine; an attach that hangs is worse than one that is half done. */
    private static final long ATTACH_WAITS_SECONDS = 60;

    private final Setup setup;

    Assembly(Setup setup) {
        this.setup = setup;
    }

    // No lambdas here: each would cost its linkage before the application's main.
    void start() {
        Inbox inbox = new Inbox();
        Signals signals = new Signals(bindings(), new ToInbox(inbox), setup.journal());
        if (!setup.late()) {
            signals.armEarly();
        }
        try {
            start(inbox, signals);
        } catch (RuntimeException | Error e) {
            // Signals that nobody hears would make a process that cannot be stopped.
            signals.disarm();
            throw e;
        }
    }

    private void start(Inbox inbox, Signals signals) {
        Journal journal = setup.journal();
        Options options = setup.options();
        LiveClasses classes = new LiveClasses();
        setup.instrumentation().addTransformer(classes, true);
        ClassTakeUp code = new ClassTakeUp(
                setup.instrumentation(), classes, journal, Duration.ofMillis(options.millis(Option.QUIET_PERIOD)));
        ArmedPools pools = new ArmedPools();
        World world = new World(
                code, pools, new JvmHost(), journal, AgentThreads.named("reloader-code"), SystemClock.INSTANCE);
        Overdue overdue = options.text(Option.ON_TIMEOUT).equals("interrupt") ? Overdue.INTERRUPT : Overdue.WAIT;
        Settings settings = new Settings(options.nanos(Option.MERCY), options.nanos(Option.TERM_DEADLINE), overdue);
        AgentThreads.named("reloader-control").execute(new ControlLoop(inbox, world, settings));

        Arming arming = new Arming(setup, new Arming.Parts(signals, pools, code, inbox));
        AgentThreads.named("reloader-start").execute(arming);
        if (setup.late() && !arming.await(ATTACH_WAITS_SECONDS)) {
            journal.trouble("attach: not armed after " + ATTACH_WAITS_SECONDS + " s; it goes on in the background");
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
        String signal = setup.options().signal(option);
        if (signal != null) {
            bindings.add(new Binding(signal, command));
        }
    }

    /** Signals may come on any thread, several at once. */
    private static final class ToInbox implements CommandSink {
        private final Inbox inbox;

        ToInbox(Inbox inbox) {
            this.inbox = inbox;
        }

        @Override
        public void put(Command command) {
            inbox.put(command);
        }
    }

    private enum SystemClock implements LongSupplier {
        INSTANCE;

        @Override
        public long getAsLong() {
            return System.nanoTime();
        }
    }
}
