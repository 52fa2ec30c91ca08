// SPDX-License-Identifier: Apache-2.0
package io.reloader.agent;

import io.reloader.control.Journal;
import io.reloader.daemon.Daemon;
import io.reloader.observe.LineJournal;
import io.reloader.options.Option;
import io.reloader.options.OptionException;
import io.reloader.options.OptionParser;
import io.reloader.options.Options;
import java.lang.instrument.Instrumentation;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The agent of this JVM, as its entry sees it: called once for each {@code -javaagent} and each attach. True if it
 * runs afterwards; false if its options were wrong, or it has been asked to leave, and the application goes on without
 * it.
 */
public final class Agent implements BiFunction<String, Instrumentation, Boolean> {
    /** In place of options: leave the process. */
    private static final String DETACH = "detach";

    private static final String ANSWER = "io.reloader.answer";

    private final boolean late;
    private final String version;
    private final Journal journal = new LineJournal(AgentThreads.named("reloader-journal"));

    /** Guarded by the entry's lock. */
    private @Nullable Instance running;

    /**
     * @param door the entry's method, {@code premain} or {@code agentmain}
     * @param version of the agent's jar
     */
    public Agent(String door, String version) {
        this.late = door.equals("agentmain");
        this.version = version;
    }

    @Override
    public Boolean apply(String arguments, Instrumentation instrumentation) {
        Instance present = running;
        if (present != null && !present.gone()) {
            answer(arguments.equals(DETACH) ? present.detach() : present.adjust(arguments));
            return !present.gone();
        }
        if (arguments.equals(DETACH)) {
            return false;
        }
        OptionParser parser = new OptionParser(System.getProperties(), System.getenv());
        Options options;
        try {
            options = parser.parse(arguments);
        } catch (OptionException e) {
            wrong(e, parser.strict());
            return false;
        }
        Natives natives = new Natives(instrumentation);
        Daemon daemon = new Daemon(options, journal);
        if (!late && !daemon.enter(natives)) {
            // What the shell that asked for a daemon must see, instead of an application in its foreground.
            Runtime.getRuntime().halt(1);
        }
        if (late && options.on(Option.DAEMONIZE)) {
            journal.event("daemonize: this JVM is running already; only a start can leave the terminal");
        }
        if (!complete()) {
            return false;
        }
        try {
            Setup setup = new Setup(instrumentation, options, journal, natives, daemon, version, late);
            Instance instance = new Assembly(setup).start();
            running = instance;
            if (late) {
                answer(instance.limits());
            }
        } catch (RuntimeException | Error e) {
            daemon.failed(e.toString());
            throw e;
        }
        return true;
    }

    /** Where the command line that attached looks. */
    private static void answer(List<String> lines) {
        System.setProperty(ANSWER, String.join("\n", lines));
    }

    /** A modular application may leave out what signals and native calls need: {@code java -m app} takes no more. */
    private boolean complete() {
        boolean there = ModuleLayer.boot().findModule("jdk.unsupported").isPresent();
        if (!there) {
            journal.trouble("not started: this JVM runs without the module jdk.unsupported; start it with"
                    + " --add-modules=jdk.unsupported; the application runs without reloader");
        }
        return there;
    }

    private void wrong(OptionException e, boolean strict) {
        if (strict && !late) {
            journal.trouble(e.getMessage() + "; strict=true: the application is not started");
            // Before main there is nothing whose shutdown hooks could be missed; a throw would print a crash report.
            Runtime.getRuntime().halt(2);
        }
        journal.trouble(e.getMessage() + "; the application runs without reloader");
    }
}
