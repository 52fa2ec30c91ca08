// SPDX-License-Identifier: Apache-2.0
package io.reloader.signal;

import io.reloader.control.Journal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sun.misc.Signal;

/**
 * The signal that HotSpot suspends threads with (SIGUSR2 unless _JAVA_SR_SIGNUM moved it), bound to a command. Until
 * its stub stands, Java cannot tell the operator's signal from the flight recorder's: it is remembered, and becomes a
 * command only if no recorder runs.
 */
final class SuspendSignal extends Armed {
    // A request that reached HotSpot's dispatcher before the stub stood may run its handler thread this much later.
    private static final long SETTLE_NANOS = 100_000_000;
    private static final int SIGUSR2 = 12;
    private static final int SIGSEGV = 11;
    private static final int NSIG = 65;

    private final Journal journal;

    // Under this; handlers write remembered and doubtSaid, the arming thread all.
    private boolean remembered;
    private boolean standing;
    private long stoodAt;
    private boolean doubtSaid;

    SuspendSignal(Binding binding, Signal signal, CommandSink sink, Journal journal) {
        super(binding, signal, sink);
        this.journal = journal;
    }

    /** The number HotSpot chose, given the value of _JAVA_SR_SIGNUM, by its own rule. */
    static int number(@Nullable String moved) {
        if (moved == null) {
            return SIGUSR2;
        }
        int number = 0;
        for (int i = 0; i < moved.length() && number < NSIG; i++) {
            int digit = Character.digit(moved.charAt(i), 10);
            if (digit < 0) {
                break;
            }
            number = number * 10 + digit;
        }
        return number > SIGSEGV && number < NSIG ? number : SIGUSR2;
    }

    @Override
    public void handle(Signal delivered) {
        boolean settling;
        synchronized (this) {
            if (!standing) {
                remembered = true;
                return;
            }
            settling = System.nanoTime() - stoodAt < SETTLE_NANOS;
        }
        decide(settling);
    }

    /** From now on nothing of HotSpot's own reaches {@link #handle}. */
    void stands() {
        boolean early;
        synchronized (this) {
            standing = true;
            stoodAt = System.nanoTime();
            early = remembered;
            remembered = false;
        }
        if (early) {
            decide(true);
        }
    }

    private void decide(boolean doubtful) {
        if (!doubtful || !recorderRuns()) {
            command();
        } else if (firstDoubt()) {
            journal.event(signal + " came before its stub stood while flight recording was on, and was taken for the"
                    + " recorder's own; if it was meant to " + binding.words() + ", send it again");
        }
    }

    private synchronized boolean firstDoubt() {
        boolean first = !doubtSaid;
        doubtSaid = true;
        return first;
    }

    /** Asks the flight recorder only if it has been initialised already: asking it more would initialise it. */
    private static boolean recorderRuns() {
        try {
            Class<?> recorder = Class.forName("jdk.jfr.FlightRecorder", true, null);
            if (!(Boolean) recorder.getMethod("isInitialized").invoke(null)) {
                return false;
            }
            Object running = recorder.getMethod("getFlightRecorder").invoke(null);
            for (Object recording :
                    (List<?>) recorder.getMethod("getRecordings").invoke(running)) {
                Object state = recording.getClass().getMethod("getState").invoke(recording);
                if ("RUNNING".equals(String.valueOf(state))) {
                    return true;
                }
            }
            return false;
        } catch (ClassNotFoundException e) {
            return false;
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            return true;
        }
    }
}
