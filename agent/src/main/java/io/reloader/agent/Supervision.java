// SPDX-License-Identifier: Apache-2.0
package io.reloader.agent;

import io.reloader.control.Command;
import io.reloader.control.Inbox;
import io.reloader.control.Journal;
import io.reloader.control.Supervisor;
import io.reloader.daemon.Readiness;
import io.reloader.options.Option;
import io.reloader.os.NativeUnavailable;
import io.reloader.os.NotifySocket;
import io.reloader.supervise.NotifyingSupervisor;
import io.reloader.supervise.Unit;
import java.io.IOException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The service manager that {@code NOTIFY_SOCKET} names, if there is one: nothing of it is loaded otherwise. */
final class Supervision {
    private final Setup setup;
    private final @Nullable Told told;

    private record Told(Unit unit, NotifyingSupervisor supervisor, Readiness readiness) {}

    /** To be made before the application writes its first line: one of them may say that it is ready. */
    Supervision(Setup setup, LongSupplier nanoTime) {
        this.setup = setup;
        this.told = System.getenv("NOTIFY_SOCKET") == null ? null : told(setup, nanoTime);
    }

    private static @Nullable Told told(Setup setup, LongSupplier nanoTime) {
        Unit unit = Unit.of(System.getenv());
        if (unit == null) {
            return null;
        }
        Journal journal = setup.journal();
        try {
            return new Told(unit, new NotifyingSupervisor(unit, journal, nanoTime), new Readiness(setup.options()));
        } catch (IOException e) {
            journal.trouble("the service manager is told nothing: ready="
                    + setup.options().text(Option.READY) + ": " + e.getMessage());
            return null;
        }
    }

    /** Whether a service manager hears of this process. */
    boolean tells() {
        return told != null;
    }

    Supervisor supervisor() {
        return told != null ? told.supervisor : Supervisor.NOBODY;
    }

    /** Called once the agent is armed. */
    void connect(Inbox inbox) {
        Told watched = told;
        if (watched == null) {
            return;
        }
        try {
            NotifySocket socket = NotifySocket.at(setup.natives().open(), watched.unit.socket());
            watched.supervisor.connect(socket::send);
        } catch (NativeUnavailable | RuntimeException | LinkageError e) {
            setup.journal()
                    .trouble("NOTIFY_SOCKET=" + watched.unit.socket() + ": " + e.getMessage()
                            + "; the service manager is told nothing; use Type=exec in its unit");
            return;
        }
        AgentThreads.named("reloader-ready").execute(() -> announce(watched, inbox));
    }

    private void announce(Told watched, Inbox inbox) {
        try {
            watched.readiness.await();
            watched.supervisor.serving();
            inbox.put(Command.TICK);
        } catch (IOException e) {
            setup.journal()
                    .trouble("the service manager is not told that the application is ready: ready="
                            + setup.options().text(Option.READY) + ": " + e.getMessage());
        }
    }
}
