// SPDX-License-Identifier: Apache-2.0
package io.reloader.agent;

import io.reloader.control.ClassChange;
import io.reloader.control.Command;
import io.reloader.control.Events;
import io.reloader.control.Phase;
import io.reloader.control.Retired;
import io.reloader.control.State;
import io.reloader.control.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Passes events on to those who are bound to it once the agent is armed; to nobody before. What one of them throws is its
 * own loss: neither the others nor the control loop meet it.
 */
final class Told implements Events {
    /** Never changed once published. */
    private volatile List<Events> all = List.of();

    synchronized void bind(Events listener) {
        List<Events> more = new ArrayList<>(all);
        more.add(listener);
        all = List.copyOf(more);
    }

    @Override
    public void heard(Command command, State state) {
        each(listener -> listener.heard(command, state));
    }

    @Override
    public void begun(int number, Command command) {
        each(listener -> listener.begun(number, command));
    }

    @Override
    public void preparing(int number, Command command) {
        each(listener -> listener.preparing(number, command));
    }

    @Override
    public void phase(Phase phase) {
        each(listener -> listener.phase(phase));
    }

    @Override
    public void changed(ClassChange change) {
        each(listener -> listener.changed(change));
    }

    @Override
    public void retired(Retired worker) {
        each(listener -> listener.retired(worker));
    }

    @Override
    public void ended(Verdict verdict, int changed) {
        each(listener -> listener.ended(verdict, changed));
    }

    @Override
    public void drained(int status, int busy) {
        each(listener -> listener.drained(status, busy));
    }

    private void each(Consumer<Events> call) {
        for (Events listener : all) {
            tell(listener, call);
        }
    }

    private static void tell(Events listener, Consumer<Events> call) {
        try {
            call.accept(listener);
        } catch (RuntimeException | Error e) {
            // A full disk under a recording, or memory that has run out: the reload goes on.
            return;
        }
    }
}
