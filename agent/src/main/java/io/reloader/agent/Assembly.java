// SPDX-License-Identifier: Apache-2.0
package io.reloader.agent;

import io.reloader.code.Canary;
import io.reloader.code.ClassTakeUp;
import io.reloader.code.LiveClasses;
import io.reloader.code.Overlay;
import io.reloader.code.Provisioning;
import io.reloader.code.Versions;
import io.reloader.control.Audience;
import io.reloader.control.Command;
import io.reloader.control.ControlLoop;
import io.reloader.control.InForce;
import io.reloader.control.Inbox;
import io.reloader.control.Overdue;
import io.reloader.control.Questions;
import io.reloader.control.Settings;
import io.reloader.control.World;
import io.reloader.intake.LiveIntake;
import io.reloader.options.Option;
import io.reloader.options.Options;
import io.reloader.pool.Glob;
import io.reloader.signal.CommandSink;
import io.reloader.signal.Signals;
import java.nio.file.Path;
import java.time.Duration;
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
    Instance start() {
        Inbox inbox = new Inbox();
        Signals signals = new Signals(new Bindings(setup).all(), new ToInbox(inbox), setup.journal());
        if (!setup.late()) {
            signals.armEarly();
        }
        try {
            return start(inbox, signals);
        } catch (RuntimeException | Error e) {
            // Signals that nobody hears would make a process that cannot be stopped.
            signals.disarm();
            throw e;
        }
    }

    private Instance start(Inbox inbox, Signals signals) {
        Audience journal = new Audience(setup.journal());
        Questions questions = new Questions(inbox);
        Options options = setup.options();
        LiveClasses classes = new LiveClasses();
        layOver(classes);
        provide(classes);
        setup.instrumentation().addTransformer(classes, true);
        Versions versions = new Versions(options.on(Option.SIDE_BY_SIDE));
        Told told = new Told();
        Canary canary = new Canary(new Wake(inbox));
        ClassTakeUp.Rules rules = new ClassTakeUp.Rules(
                Duration.ofMillis(options.millis(Option.QUIET_PERIOD)),
                options.count(Option.ROLLBACKS),
                options.on(Option.STRUCTURE),
                canary,
                told);
        ClassTakeUp code = new ClassTakeUp(setup.instrumentation(), classes, versions, journal, rules);
        ArmedPools pools = new ArmedPools();
        Supervision supervision = new Supervision(setup, SystemClock.INSTANCE);
        Leaving leaving = new Leaving(setup, pools, supervision);
        World world = new World(
                code,
                pools,
                new LiveIntake(AgentThreads.named("reloader-intake"), setup.natives(), pools, journal),
                new JvmHost(setup.daemon(), setup.natives()),
                leaving,
                supervision.supervisor(),
                journal,
                told,
                AgentThreads.named("reloader-code"),
                SystemClock.INSTANCE);
        InForce settings = new InForce(settings(options));
        CurrentOptions current = new CurrentOptions(options);
        CanarySwitch watching = new CanarySwitch(canary);
        AgentThreads.named("reloader-control").execute(new ControlLoop(inbox, questions, world, settings));

        Arming arming = new Arming(
                setup,
                new Arming.Parts(
                        signals,
                        pools,
                        code,
                        versions,
                        watching,
                        inbox,
                        supervision,
                        journal,
                        questions,
                        told,
                        current,
                        leaving));
        AgentThreads.named("reloader-start").execute(arming);
        if (setup.late() && !arming.await(ATTACH_WAITS_SECONDS)) {
            journal.trouble("attach: not armed after " + ATTACH_WAITS_SECONDS + " s; it goes on in the background");
        }
        return new Instance(setup, new Instance.Made(inbox, settings, current, pools, watching, leaving));
    }

    static Settings settings(Options options) {
        Overdue overdue = options.text(Option.ON_TIMEOUT).equals("interrupt") ? Overdue.INTERRUPT : Overdue.WAIT;
        return new Settings(
                options.nanos(Option.MERCY),
                options.nanos(Option.TERM_DELAY),
                options.nanos(Option.TERM_DEADLINE),
                options.nanos(Option.CANARY),
                overdue,
                options.on(Option.TASKS_FOLLOW));
    }

    private void layOver(LiveClasses classes) {
        String path = setup.options().text(Option.OVERLAY);
        if (path.isEmpty()) {
            return;
        }
        Overlay overlay = new Overlay(Path.of(path));
        String fault = overlay.begin();
        if (fault != null) {
            setup.journal().trouble(fault);
        }
        classes.overlay(overlay);
    }

    private void provide(LiveClasses classes) {
        Options options = setup.options();
        if (options.on(Option.STRUCTURE)) {
            List<Glob> named = Glob.all(options.patterns(Option.STRUCTURE_SCOPE));
            classes.provide(new Provisioning(
                    named.isEmpty() ? null : name -> named.stream().anyMatch(each -> each.matches(name)),
                    System.getProperty("java.class.path", "")));
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

    /** The new code has failed, on the host's thread that found out. */
    private static final class Wake implements Runnable {
        private final Inbox inbox;

        Wake(Inbox inbox) {
            this.inbox = inbox;
        }

        @Override
        public void run() {
            inbox.put(Command.FAILED);
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
