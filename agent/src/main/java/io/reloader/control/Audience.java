// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/**
 * Those who wait for what a command comes to: each hears every line that is told from the moment on at which the command
 * is obeyed, and at last the verdict. One that asks before its command is obeyed is served with it, so that equal
 * commands, which coalesce, have one verdict for all who gave them. Also the journal of the control loop and of all that
 * works for it.
 */
public final class Audience implements Journal {
    private static final int REMEMBERED = 16;

    private final Journal journal;

    /** Under itself, as is what it holds. */
    private final List<Seat> seats = new ArrayList<>();

    /** Whether anybody listens; a look at it costs a line that is told to nobody no lock. */
    private volatile boolean attended;

    /** The last verdicts, newest last. Control thread only. */
    private final Deque<Verdict> verdicts = new ArrayDeque<>();

    /** Called by any thread; returns at once and does not throw. */
    public interface Listener {
        /** A line of the journal with its mark. */
        void line(char mark, String line);

        /** The last call. */
        void ended(Verdict verdict);
    }

    private static final class Seat {
        final Command command;
        final Listener listener;
        boolean served;

        Seat(Command command, Listener listener) {
            this.command = command;
            this.listener = listener;
        }
    }

    public Audience(Journal journal) {
        this.journal = journal;
    }

    /** To be called before the command is put into the inbox. */
    public void await(Command command, Listener listener) {
        synchronized (seats) {
            seats.add(new Seat(command, listener));
        }
    }

    /** Hears no more. */
    public void leave(Listener listener) {
        synchronized (seats) {
            seats.removeIf(seat -> seat.listener == listener);
            attend();
        }
    }

    /** This command is obeyed from here on. Control thread only, as all that follow. */
    void begun(Command command) {
        synchronized (seats) {
            for (Seat seat : seats) {
                seat.served |= seat.command == command;
            }
            attend();
        }
    }

    /** What is under way will be begun anew. */
    void again() {
        synchronized (seats) {
            seats.forEach(seat -> seat.served = false);
            attend();
        }
    }

    /** Tells the verdict on what is under way, as a line of its own. */
    void conclude(Verdict verdict) {
        journal.event(verdict.line());
        ended(verdict);
    }

    /** The same, where the line has been told. */
    void ended(Verdict verdict) {
        end(verdict, seat -> seat.served);
    }

    /** Tells the verdict on what was not begun. */
    void decline(Verdict verdict) {
        journal.event(verdict.line());
        end(verdict, seat -> !seat.served && seat.command == verdict.command());
    }

    List<Verdict> verdicts() {
        return List.copyOf(verdicts);
    }

    private void end(Verdict verdict, Predicate<Seat> which) {
        verdicts.addLast(verdict);
        if (verdicts.size() > REMEMBERED) {
            verdicts.removeFirst();
        }
        List<Seat> ended = new ArrayList<>();
        synchronized (seats) {
            seats.removeIf(seat -> which.test(seat) && ended.add(seat));
            attend();
        }
        ended.forEach(seat -> seat.listener.ended(verdict));
    }

    private void attend() {
        attended = seats.stream().anyMatch(seat -> seat.served);
    }

    @Override
    public void setting(String line) {
        journal.setting(line);
        tell('*', line);
    }

    @Override
    public void event(String line) {
        journal.event(line);
        tell('-', line);
    }

    @Override
    public void detail(String line) {
        journal.detail(line);
        tell('+', line);
    }

    @Override
    public void trouble(String line) {
        journal.trouble(line);
        tell('!', line);
    }

    private void tell(char mark, String line) {
        if (!attended) {
            return;
        }
        synchronized (seats) {
            for (Seat seat : seats) {
                if (seat.served) {
                    seat.listener.line(mark, line);
                }
            }
        }
    }
}
