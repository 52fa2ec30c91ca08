// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides everything the agent does: takes one command at a time from the inbox, looks up what it means in the state
 * the loop is in, and does it. Runs on one thread, {@code reloader-control}, which owns all of the state below; no
 * step blocks, so a stop is heard within a tick.
 */
public final class ControlLoop implements Runnable {
    private static final long MILLI = 1_000_000;
    private static final long HOOKS = 30_000 * MILLI;
    /** So many workers that are behind are told with their stacks. */
    private static final int BEHIND = 50;

    private static final long FOR_EVER = Long.MAX_VALUE / 2;

    private final Inbox inbox;
    private final Questions questions;
    private final World world;
    private final InForce settings;
    private final Set<Command> remembered = EnumSet.noneOf(Command.class);
    private final Deadline starting;
    private final Reloads reloads;
    private final Detaching detaching;
    private State state = State.STARTING;
    private @Nullable Stopping stopping;

    public ControlLoop(Inbox inbox, Questions questions, World world, InForce settings) {
        this.inbox = inbox;
        this.questions = questions;
        this.world = world;
        this.settings = settings;
        this.starting = new Deadline(world.nanoTime(), settings.now().termDeadline());
        this.reloads = new Reloads(inbox, world, settings);
        this.detaching = new Detaching(inbox, world);
    }

    @Override
    public void run() {
        while (state != State.DETACHED) {
            turn(inbox.take(Math.min(patience(), world.supervisor().beat())));
            world.supervisor().alive();
        }
    }

    /** One turn that nothing escapes from: without this thread no signal would end the process. */
    void turn(Command command) {
        try {
            accept(command);
        } catch (RuntimeException | Error e) {
            try {
                recover(command, e);
            } catch (RuntimeException | Error again) {
                // Out of memory or threads: nothing can be said. The next command is heard.
                state = State.IDLE;
            }
        }
    }

    private void recover(Command command, Throwable failure) {
        boolean stops = command == Command.STOP || state == State.DRAINING || state == State.EXITING;
        if (state == State.EXITING && command == Command.STOP) {
            world.host().halt(143);
        }
        // Before it is told: a stop that cannot be carried out must not be lost if it cannot be told either.
        boolean leaves = state == State.DETACHING;
        state = stops ? exit(143) : State.IDLE;
        if (leaves) {
            world.departure().refused(failure + "; please report it");
        }
        world.journal()
                .trouble(command + " failed: " + failure
                        + (stops ? "; exiting with status 143 without waiting for work in flight" : "")
                        + "; please report it");
        if (!stops) {
            reloads.lost(command + " failed: " + failure);
            world.supervisor().ready(command + " failed");
        }
    }

    /** One turn of the loop. */
    void accept(Command command) {
        if (command.fromOutside()) {
            world.events().heard(command, state);
        }
        enter(perform(Table.step(state, command), command));
        if (state == State.IDLE && !remembered.isEmpty()) {
            remembered.forEach(inbox::put);
            remembered.clear();
        }
    }

    /** What begins says so itself. */
    private void enter(State next) {
        boolean rests = next != state && (next == State.IDLE || next == State.EXITING);
        state = next;
        if (rests) {
            world.events().phase(Phase.REST);
        }
    }

    State state() {
        return state;
    }

    /** How long the loop may sleep, in nanoseconds. Shorter only while something is under way. */
    long patience() {
        return switch (state) {
            case STARTING -> remembered.contains(Command.STOP) ? 10 * MILLI : FOR_EVER;
            case IDLE -> reloads.patience();
            case TAKING_UP -> 100 * MILLI;
            case ROLLING -> MILLI;
            case SETTLING -> FOR_EVER;
            case DRAINING -> 10 * MILLI;
            case EXITING, DETACHED -> FOR_EVER;
            case DETACHING -> 10 * MILLI;
        };
    }

    private State perform(Step step, Command command) {
        return switch (step) {
            case IGNORE -> state;
            case REMEMBER -> remember(command);
            case BEGIN -> State.IDLE;
            case START_ON -> startOn();
            case TAKE_UP -> reloads.begin(command == Command.RELOAD_WORKERS ? Role.WORKER : Role.TASK);
            case ROLL_BACK -> reloads.goesBack() ? remember(command) : reloads.rollBack();
            case GIVE_UP -> reloads.giveUp();
            case TAKEN -> reloads.taken();
            case TAKE_ON -> reloads.takeOn();
            case SETTLED -> reloads.settled();
            case ROLL_ON -> reloads.advance();
            case CATCH_UP -> reloads.catchUp();
            case DRAIN -> drain();
            case DRAIN_ON -> drainOn();
            case ANSWER -> answer();
            case REOPEN -> reopen();
            case DETACH -> detach();
            case DETACH_ON -> detaching.advance();
            case STAY -> stay();
            case LEAVE -> leave();
            case DECLINE -> decline(command, "the application is stopping");
            case EXIT_NOW -> exitNow();
            case HALT -> halt();
        };
    }

    private State remember(Command command) {
        boolean first = remembered.add(command);
        if (state == State.STARTING && command == Command.STOP) {
            if (!first) {
                return exitNow();
            }
            starting.restart();
            world.journal().event("stop: waiting for the agent to be armed");
        }
        return state;
    }

    private State startOn() {
        if (!remembered.contains(Command.STOP) || !starting.passed()) {
            return state;
        }
        world.journal()
                .trouble("stop: the agent was still not armed after " + Words.time(starting.elapsed())
                        + "; exiting with status 143 without waiting for work in flight");
        return exit(143);
    }

    private State drain() {
        reloads.abandon(state);
        declineRemembered("the application is stopping");
        world.journal().begun(Command.STOP);
        world.events().phase(Phase.DRAIN);
        stopping = new Stopping(world, settings.now());
        return State.DRAINING;
    }

    private State drainOn() {
        if (stopping == null) {
            return state;
        }
        int status = stopping.look();
        return status < 0 ? state : exit(status);
    }

    private State answer() {
        questions.answer(this);
        // Whoever asks without end keeps the loop from its ticks no more than from its commands.
        inbox.put(Command.TICK);
        return state;
    }

    Optional<UnderWay> underWay() {
        return reloads.underWay(state);
    }

    Status status() {
        return new Status(
                state,
                reloads.number(),
                List.copyOf(remembered),
                underWay(),
                state == State.DRAINING ? world.pools().drain().busy() : reloads.behind(BEHIND),
                world.code().unsettled(),
                world.code().rollbacks(),
                state == State.DRAINING ? world.intake().open() : 0,
                world.pools().status(),
                world.journal().verdicts());
    }

    private State reopen() {
        world.host().reopenLog();
        return state;
    }

    private State detach() {
        State next = detaching.begin(reloads.unfinished());
        if (next == State.DETACHING) {
            reloads.leaveBehind();
        }
        return next;
    }

    private State stay() {
        State now = state;
        boolean stops = now == State.DRAINING || now == State.EXITING;
        detaching.stay(stops ? "the application is stopping" : "a reload is under way; detach once it has ended");
        return now;
    }

    private State leave() {
        boolean stops = remembered.remove(Command.STOP);
        declineRemembered("reloader has left the process");
        if (stops) {
            world.journal().event("stop: came while reloader left; exiting with status 143, as without it");
            world.host().exit(143);
        }
        detaching.leave();
        return State.DETACHED;
    }

    private void declineRemembered(String reason) {
        remembered.forEach(command -> decline(command, reason));
        remembered.clear();
    }

    private State decline(Command command, String reason) {
        if (command == Command.DETACH) {
            world.departure().refused(reason);
        }
        String name = switch (command) {
            case RELOAD_WORKERS -> "reload";
            case RELOAD_TASKS -> "reload of tasks";
            case ROLL_BACK -> "rollback";
            default -> "";
        };
        if (!name.isEmpty()) {
            world.journal().decline(new Verdict(0, command, Outcome.DECLINED, name + " declined: " + reason, 0));
        }
        return state;
    }

    private State exitNow() {
        world.journal().event("second stop: exiting with status 143 without waiting for work in flight");
        return exit(143);
    }

    private State exit(int status) {
        // Time that work in flight took is not taken from the application's shutdown hooks.
        world.supervisor().extend(HOOKS);
        world.journal().begun(Command.STOP);
        world.journal()
                .ended(new Verdict(
                        0,
                        Command.STOP,
                        status == Stopping.FINISHED ? Outcome.DONE : Outcome.PARTIAL,
                        "exiting with status " + status,
                        0));
        world.events().drained(status, stopping == null ? 0 : stopping.unfinished());
        world.host().exit(status);
        return State.EXITING;
    }

    private State halt() {
        world.journal().event("stop while exiting: exiting with status 143 without waiting for shutdown hooks");
        world.host().halt(143);
        return state;
    }
}
