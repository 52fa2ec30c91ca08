// SPDX-License-Identifier: Apache-2.0
package io.reloader.daemon;

import io.reloader.control.Journal;
import io.reloader.options.Option;
import io.reloader.options.Options;
import io.reloader.os.Handover;
import io.reloader.os.LogFile;
import io.reloader.os.NativeAccess;
import io.reloader.os.NativeUnavailable;
import io.reloader.os.PidFile;
import io.reloader.os.PidFileHeld;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Whether this JVM daemonizes, is the daemon already, or stays where it is; and the daemon's word to the shell that
 * waits for it. {@link #enter} is called in premain; {@link #announce} once the agent is armed.
 */
public final class Daemon {
    /** Names the pipe to the waiting shell; an argument of the JVM, because children inherit the environment. */
    static final String PROPERTY = "io.reloader.daemon";

    private static final String IN_DAEMON = "_RELOADER_DAEMON";
    private static final Path PIPE = Path.of("/proc/self/fd/4");

    private final Options options;
    private final Journal journal;

    /** Set in the daemon only. Written by enter, read by announce on a later thread that enter's caller starts. */
    private @Nullable Readiness readiness;

    /** Set in a daemon that has one. Written and read as readiness. */
    private @Nullable LogFile log;

    public Daemon(Options options, Journal journal) {
        this.options = options;
        this.journal = journal;
    }

    /**
     * Returns in the daemon, and in a process that stays in the foreground; false if the application must not run
     * here, which has been told.
     */
    public boolean enter(Opener opener) {
        String pipe = System.clearProperty(PROPERTY);
        if (pipe != null && pipe.equals(link(PIPE))) {
            return begin(opener);
        }
        if (!options.on(Option.DAEMONIZE) || stays(opener)) {
            return true;
        }
        try {
            warnOfPipes();
            new Foreground(opener.open(), options).handOver();
        } catch (NativeUnavailable | PidFileHeld | IOException | RuntimeException e) {
            journal.trouble("daemonize: not started: " + e.getMessage());
        }
        return false;
    }

    /** Opens the way to libc. */
    public interface Opener {
        NativeAccess open() throws NativeUnavailable;
    }

    private boolean stays(Opener opener) {
        String reason = null;
        if (System.getenv(IN_DAEMON) != null) {
            reason = "a daemon started this process";
        } else if (System.getenv("NOTIFY_SOCKET") != null) {
            reason = "NOTIFY_SOCKET is set: the service manager follows this process";
        } else if (isProcessOne(opener)) {
            reason = "this is process 1 of its container, which would end with it";
        }
        if (reason != null) {
            journal.event("daemonize: staying in the foreground: " + reason);
        }
        return reason != null;
    }

    /** ProcessHandle, whose threads a hand-over would wait 10 ms for, is the second choice. */
    private static boolean isProcessOne(Opener opener) {
        try {
            return opener.open().libc().getpid() == 1;
        } catch (NativeUnavailable e) {
            return ProcessHandle.current().pid() == 1;
        }
    }

    /** Whoever reads it sees no end before the daemon's: an ssh without a terminal, a CI job, {@code $(...)}. */
    private void warnOfPipes() {
        if (!new Places(options).inheritsLog()) {
            return;
        }
        for (int descriptor = 1; descriptor <= 2; descriptor++) {
            String target = link(Path.of("/proc/self/fd/" + descriptor));
            if (target != null && (target.startsWith("pipe:") || target.startsWith("socket:"))) {
                journal.trouble("log=inherit: standard " + (descriptor == 1 ? "output" : "error") + " is a "
                        + target.substring(0, target.indexOf(':'))
                        + ", whose reader waits until the daemon ends; name a file with log=");
            }
        }
    }

    private boolean begin(Opener opener) {
        say("PID " + ProcessHandle.current().pid());
        Places places = new Places(options);
        try {
            readiness = new Readiness(options);
            log = places.inheritsLog() ? null : new LogFile(places.log());
            if (!places.hasPidFile()) {
                return true;
            }
            PidFile file = PidFile.lock(opener.open(), places.pidFile());
            file.write(ProcessHandle.current().pid());
            LastHook.add(() -> remove(file));
            return true;
        } catch (NativeUnavailable | PidFileHeld | IOException | RuntimeException e) {
            say("FAIL " + e.getMessage());
            return false;
        }
    }

    private void remove(PidFile file) {
        try {
            file.close();
        } catch (IOException e) {
            journal.trouble("pidfile: not removed: " + e.getMessage());
        }
    }

    /** Whether this process is a daemon that was made by its foreground. */
    public boolean runs() {
        return readiness != null;
    }

    /** Whether this is a daemon that writes a log file. */
    public boolean hasLog() {
        return log != null;
    }

    /** Begins a new log file. To be called on a thread that may wait for a slow disk. */
    public void reopenLog(Opener opener) {
        LogFile current = log;
        if (current == null) {
            journal.event("log: this process writes none of its own; nothing was reopened");
            return;
        }
        try {
            current.reopen(opener.open());
            journal.event("log " + current.path() + " reopened");
        } catch (NativeUnavailable | RuntimeException e) {
            journal.trouble("log: not reopened, the old file is written on: " + e.getMessage());
        }
    }

    /** Lets the waiting shell go once the application is ready. Called once the agent is armed; returns at once. */
    public void announce(Executor threads, Opener opener) {
        Readiness awaited = readiness;
        if (awaited != null) {
            threads.execute(() -> announce(awaited, opener));
        }
    }

    /** Tells the waiting shell that the agent could not be started, which ends the daemon. */
    public void failed(String reason) {
        if (readiness != null) {
            say("FAIL " + reason);
        }
    }

    private void announce(Readiness awaited, Opener opener) {
        try {
            awaited.await();
            say("READY");
        } catch (IOException e) {
            say("FAIL ready=" + options.text(Option.READY) + ": " + e.getMessage());
        }
        try {
            Handover.closeWriteEnd(opener.open());
        } catch (NativeUnavailable e) {
            // Then a pipe that nobody reads stays open for as long as the daemon lives.
            journal.detail("daemonize: " + e.getMessage());
        }
    }

    /** Nobody may listen any more: the shell was killed, or has gone after READY. */
    private void say(String line) {
        try (OutputStream out = new FileOutputStream(PIPE.toString())) {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            journal.event("daemonize: nobody waits for \"" + line + "\"");
        }
    }

    private static @Nullable String link(Path path) {
        try {
            return Files.readSymbolicLink(path).toString();
        } catch (IOException e) {
            return null;
        }
    }
}
