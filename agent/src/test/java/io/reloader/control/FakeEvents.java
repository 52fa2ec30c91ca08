// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

import java.util.List;

/** What was told as facts, one line each. */
final class FakeEvents implements Events {
    private final List<String> events;

    FakeEvents(List<String> events) {
        this.events = events;
    }

    @Override
    public void heard(Command command, State state) {
        events.add("heard " + command + " in " + state);
    }

    @Override
    public void begun(int number, Command command) {
        events.add("begun " + number + " " + command);
    }

    @Override
    public void preparing(int number, Command command) {
        events.add("preparing " + number + " " + command);
    }

    @Override
    public void phase(Phase phase) {
        events.add("phase " + phase);
    }

    @Override
    public void retired(Retired worker) {
        events.add("retired " + worker.thread());
    }

    @Override
    public void ended(Verdict verdict, int changed) {
        events.add("ended " + verdict.number() + " " + verdict.outcome() + " " + changed + " changed");
    }

    @Override
    public void drained(int status, int busy) {
        events.add("drained " + status + " " + busy + " busy");
    }
}
