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
import java.util.function.BiFunction;

/**
 * The agent of this JVM, as its entry sees it: called once for each {@code -javaagent} and each attach. True if it
 * runs afterwards; false if its options were wrong, and the application goes on without it.
 */
public final class Agent implements BiFunction<String, Instrumentation, Boolean> {
    private final boolean late;
    private final String version;
    private final Journal journal = new LineJournal(AgentThreads.named("reloader-journal"));

    /** Guarded by the entry's lock. */
    private boolean running;

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
        if (running) {
            journal.event("reloader " + version + " is in this JVM already; nothing was changed");
            return true;
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
        running = true;
        try {
            new Assembly(new Setup(instrumentation, options, journal, natives, daemon, version, late)).start();
        } catch (RuntimeException | Error e) {
            daemon.failed(e.toString());
            throw e;
        }
        return true;
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
