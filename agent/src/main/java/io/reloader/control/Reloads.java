// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The reload under way, its number, and the workers that earlier ones left behind. Control thread only, but for
 * {@link #takeUp}, which runs on a thread of its own and hands its result over through the inbox.
 */
final class Reloads {
    private final Inbox inbox;
    private final World world;
    private final Settings settings;
    private final CatchUp catchUp;
    private int number;
    private Role role = Role.WORKER;
    private Deadline clock;
    private Deadline progress;
    private @Nullable Rolling rolling;

    /** Written by the thread that takes up classes before it puts TAKEN_UP; read by the control thread after it. */
    private volatile @Nullable TakeUp result;

    Reloads(Inbox inbox, World world, Settings settings) {
        this.inbox = inbox;
        this.world = world;
        this.settings = settings;
        this.catchUp = new CatchUp(world.journal());
        this.clock = new Deadline(world.nanoTime(), settings.mercy());
        this.progress = clock;
    }

    State begin(Role wanted) {
        number++;
        role = wanted;
        clock = new Deadline(world.nanoTime(), settings.mercy());
        progress = new Deadline(world.nanoTime(), settings.mercy());
        result = null;
        world.threads().execute(this::takeUp);
        return State.TAKING_UP;
    }

    private void takeUp() {
        try {
            result = world.code().takeUp();
        } catch (RuntimeException | Error e) {
            result = new TakeUp.Refused(List.of("taking up classes failed: " + e + "; please report it"));
        }
        inbox.put(Command.TAKEN_UP);
    }

    /** Says once in every {@code mercy} that it takes long. */
    State takeOn() {
        if (progress.passed()) {
            progress.restart();
            world.journal()
                    .trouble("reload " + number + " still reads changed classes after " + Words.time(clock.elapsed())
                            + "; the old code keeps serving");
        }
        return State.TAKING_UP;
    }

    State taken() {
        TakeUp taken = result;
        if (taken instanceof TakeUp.Applied applied) {
            catchUp.supersede(role);
            rolling = new Rolling(number, role, applied, world.pools().roll(role, number));
            rolling.announce(world.journal());
            progress.restart();
            return advance();
        }
        if (taken instanceof TakeUp.Refused refused) {
            refuse(refused);
            return State.IDLE;
        }
        return State.TAKING_UP;
    }

    private void refuse(TakeUp.Refused refused) {
        for (String fault : refused.faults()) {
            world.journal().trouble("reload " + number + " refused: " + fault);
        }
        world.journal()
                .event("reload " + number + " refused in " + Words.time(clock.elapsed()) + ": "
                        + Words.count(refused.faults().size(), "fault") + "; every worker keeps serving the old code");
    }

    State advance() {
        Rolling current = rolling;
        if (current == null) {
            return State.IDLE;
        }
        if (current.advance(world.journal())) {
            progress.restart();
        }
        if (current.finished()) {
            world.journal().event(current.summary(clock.elapsed()));
            end(current);
            return State.IDLE;
        }
        if (progress.passed()) {
            current.reportBehind(world.journal(), clock.elapsed(), settings.overdue());
            catchUp.take(current);
            rolling = null;
            return State.IDLE;
        }
        return State.ROLLING;
    }

    boolean catchingUp() {
        return catchUp.pending();
    }

    State catchUp() {
        catchUp.advance();
        return State.IDLE;
    }

    /** Leaves what is under way: the application is about to stop. */
    void abandon(boolean takingUp) {
        if (takingUp || rolling != null) {
            world.journal().event("reload " + number + " abandoned: the application is stopping");
        }
        if (rolling != null) {
            end(rolling);
        }
        catchUp.close();
    }

    private void end(Rolling current) {
        current.roll().close();
        rolling = null;
    }
}
