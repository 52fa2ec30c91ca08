// SPDX-License-Identifier: Apache-2.0
package io.reloader.flight;

import io.reloader.control.ClassChange;
import io.reloader.control.Command;
import io.reloader.control.Events;
import io.reloader.control.Phase;
import io.reloader.control.Retired;
import io.reloader.control.State;
import io.reloader.control.Verdict;
import java.util.Locale;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/**
 * Writes what happens into the flight recordings that are running. While none is, an event costs an object or less; before
 * the first one, nothing.
 * The two threads that call follow each other, but for a stop in the middle of taking classes up.
 */
public final class FlightEvents implements Events, AutoCloseable {
    private boolean used;
    private int number;
    private @Nullable ReloadEvent reload;
    private @Nullable PhaseEvent phase;
    private @Nullable DrainEvent drain;

    @Override
    public synchronized void heard(Command command, State state) {
        if (!recorded()) {
            return;
        }
        CommandEvent event = new CommandEvent();
        event.command = word(command);
        event.state = word(state);
        event.commit();
    }

    @Override
    public synchronized void begun(int reloadNumber, Command command) {
        if (!recorded()) {
            return;
        }
        // One that has failed ends where its rollback begins; the verdict on both is that on the rollback.
        commit(reload, "failed", "");
        number = reloadNumber;
        ReloadEvent event = new ReloadEvent();
        event.number = reloadNumber;
        event.command = word(command);
        event.begin();
        reload = event;
    }

    @Override
    public synchronized void phase(Phase now) {
        if (!recorded()) {
            return;
        }
        PhaseEvent former = phase;
        if (former != null) {
            former.commit();
        }
        phase = null;
        if (now == Phase.DRAIN) {
            drain = new DrainEvent();
            drain.begin();
        } else if (now != Phase.REST) {
            PhaseEvent event = new PhaseEvent();
            event.number = number;
            event.phase = word(now);
            event.begin();
            phase = event;
        }
    }

    @Override
    public synchronized void changed(ClassChange change) {
        if (!recorded()) {
            return;
        }
        ClassEvent event = new ClassEvent();
        if (!event.shouldCommit()) {
            return;
        }
        event.number = number;
        event.type = change.type();
        event.loader = change.loader();
        event.before = change.before();
        event.after = change.after();
        event.verdict = word(change.verdict());
        event.commit();
    }

    @Override
    public synchronized void retired(Retired worker) {
        if (!recorded()) {
            return;
        }
        WorkerEvent event = new WorkerEvent();
        if (!event.shouldCommit()) {
            return;
        }
        event.number = number;
        event.pool = worker.pool();
        event.worker = worker.thread();
        event.waited = worker.nanos();
        event.commit();
    }

    @Override
    public synchronized void ended(Verdict verdict, int changed) {
        if (!recorded()) {
            return;
        }
        ReloadEvent event = reload;
        if (event != null) {
            event.changed = changed;
        }
        commit(event, word(verdict.outcome()), verdict.line());
        reload = null;
    }

    @Override
    public synchronized void drained(int status, int busy) {
        if (!recorded()) {
            return;
        }
        DrainEvent event = drain;
        if (event != null) {
            event.status = status;
            event.busy = busy;
            event.commit();
        }
        drain = null;
    }

    /** JDK 17 keeps something of each event's class for ever once that is used, so it is not where nobody records. */
    private boolean recorded() {
        used |= FlightRecorder.isInitialized();
        return used;
    }

    private static void commit(@Nullable ReloadEvent event, String verdict, String line) {
        if (event != null) {
            event.verdict = verdict;
            event.line = line;
            event.commit();
        }
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** The recorder knows these events no more. */
    @Override
    public synchronized void close() {
        if (!used) {
            return;
        }
        FlightRecorder.unregister(CommandEvent.class);
        FlightRecorder.unregister(ReloadEvent.class);
        FlightRecorder.unregister(PhaseEvent.class);
        FlightRecorder.unregister(ClassEvent.class);
        FlightRecorder.unregister(WorkerEvent.class);
        FlightRecorder.unregister(DrainEvent.class);
    }
}
