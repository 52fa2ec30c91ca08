// SPDX-License-Identifier: Apache-2.0
package io.reloader.supervise;

import io.reloader.control.Journal;
import io.reloader.control.Supervisor;
import io.reloader.os.NativeUnavailable;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells a service manager how the application does. All is said on the control thread; {@link #connect} and
 * {@link #serving} are called by the threads that find out.
 */
public final class NotifyingSupervisor implements Supervisor {
    private static final String READY = "READY=1";
    private static final String STOPPING = "STOPPING=1";
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long SHORTEST_BEAT_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    /** systemd drops a datagram of more than 4096 bytes; a character takes up to three. */
    private static final int LONGEST_STATUS = 1200;

    private final Unit unit;
    private final Journal journal;
    private final LongSupplier nanoTime;

    /** Written once by the arming thread. */
    private volatile @Nullable Listener listener;

    /** Written once by the thread that waits until the application is ready. */
    private volatile boolean serving;

    private boolean announced;
    private boolean reloading;
    private boolean stopping;
    private boolean failed;
    /** The last word on the unit's state, if the manager could not take it yet. */
    private @Nullable String unsent;

    private long lastBeat;

    /** @param nanoTime CLOCK_MONOTONIC, as {@link System#nanoTime} is on Linux */
    public NotifyingSupervisor(Unit unit, Journal journal, LongSupplier nanoTime) {
        this.unit = unit;
        this.journal = journal;
        this.nanoTime = nanoTime;
        this.lastBeat = nanoTime.getAsLong();
    }

    /** From now on the manager can be told. */
    public void connect(Listener wayThere) {
        listener = wayThere;
    }

    /** The application is ready for its first request; told with the control loop's next turn. */
    public void serving() {
        serving = true;
    }

    @Override
    public void reloading() {
        reloading = true;
        if (announced) {
            tell(reloadBegun());
        }
    }

    private String reloadBegun() {
        return "RELOADING=1\nMONOTONIC_USEC=" + TimeUnit.NANOSECONDS.toMicros(nanoTime.getAsLong())
                + "\nSTATUS=reloading";
    }

    @Override
    public void ready(String status) {
        reloading = false;
        if (announced && !stopping) {
            tell(READY + "\n" + statusLine(status));
        } else {
            status(status);
        }
    }

    @Override
    public void stopping() {
        stopping = true;
        if (announced) {
            tell(STOPPING);
        }
    }

    @Override
    public void status(String line) {
        mention(statusLine(line));
    }

    @Override
    public void extend(long nanos) {
        mention("EXTEND_TIMEOUT_USEC=" + TimeUnit.NANOSECONDS.toMicros(nanos));
    }

    @Override
    public void alive() {
        String late = unsent;
        if (late != null) {
            tell(late);
        }
        if (serving && !announced && !stopping) {
            announce();
        }
        if (unit.watchdogNanos() > 0 && untilBeat() <= 0) {
            lastBeat = nanoTime.getAsLong();
            if (announced) {
                mention("WATCHDOG=1");
            }
        }
    }

    private void announce() {
        announced = true;
        tell(READY + "\nSTATUS=serving" + (unit.mainPid() > 0 ? "\nMAINPID=" + unit.mainPid() : ""));
        if (reloading && unsent == null) {
            tell(reloadBegun());
        }
    }

    @Override
    public long beat() {
        long beat = unit.watchdogNanos() > 0 ? untilBeat() : Long.MAX_VALUE;
        return unsent == null ? Math.max(SHORTEST_BEAT_NANOS, beat) : RETRY_NANOS;
    }

    private long untilBeat() {
        return unit.watchdogNanos() / 2 - (nanoTime.getAsLong() - lastBeat);
    }

    private static String statusLine(String text) {
        String line = text.replace('\n', ' ');
        return "STATUS=" + (line.length() > LONGEST_STATUS ? line.substring(0, LONGEST_STATUS) + "..." : line);
    }

    /** Of the unit's state only the last word counts, and that one must arrive: a manager waits for it. */
    private void tell(String lines) {
        unsent = send(lines) ? null : lines;
    }

    private void mention(String lines) {
        boolean unused = send(lines);
    }

    /** True unless it is worth another try. */
    private boolean send(String lines) {
        Listener current = listener;
        try {
            return current == null || current.send(lines);
        } catch (NativeUnavailable e) {
            if (!failed) {
                failed = true;
                journal.trouble("NOTIFY_SOCKET=" + unit.socket() + ": " + e.getMessage()
                        + "; the service manager does not hear of reloads and stops; the application is not affected");
            }
            return true;
        }
    }
}
