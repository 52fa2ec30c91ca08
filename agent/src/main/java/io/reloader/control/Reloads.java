// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The reload under way, its number, and the workers that earlier ones left behind. Control thread only, but for what is
 * given to a thread of its own, which hands its result over through the inbox.
 */
final class Reloads {
    private static final long CATCH_UP = 50_000_000;

    private final Inbox inbox;
    private final World world;
    private final InForce settings;
    private final CatchUp catchUp;
    private final Probation probation;

    /** The roles whose pools have not been rolled since the last change, while two versions of the code live. */
    private final Set<Role> lagging = EnumSet.noneOf(Role.class);

    private int number;
    private Role role = Role.WORKER;
    private Deadline clock;
    private Deadline progress;
    private @Nullable Rolling rolling;

    /** How many threads of these run the old code. */
    private int kept;

    /** Whether it is a rollback. Read by the thread that takes up classes, which is started after it is written. */
    private boolean back;

    /** Of a rollback: the roles whose pools have not been rolled yet. */
    private final Set<Role> ahead = EnumSet.noneOf(Role.class);

    /** What earlier rolls of the same rollback came to. */
    private String before = "";

    /** Whether one of those left workers behind. */
    private boolean partial;

    /** Whether what is rolled is not what was asked for, but what must come before it. */
    private boolean first;

    /** Written by the thread that takes up classes before it puts TAKEN_UP; read by the control thread after it. */
    private volatile @Nullable TakeUp result;

    Reloads(Inbox inbox, World world, InForce settings) {
        this.inbox = inbox;
        this.world = world;
        this.settings = settings;
        this.catchUp = new CatchUp(world.journal());
        this.probation = new Probation(world, settings);
        this.clock = new Deadline(world.nanoTime(), settings.now().mercy());
        this.progress = clock;
    }

    State begin(Role wanted) {
        return begin(wanted, false);
    }

    private State begin(Role wanted, boolean rollback) {
        number++;
        role = wanted;
        back = rollback;
        before = "";
        partial = false;
        clock = new Deadline(world.nanoTime(), settings.now().mercy());
        world.supervisor().reloading();
        return takeUpClasses();
    }

    /** Whether a rollback is under way, or what must come before it. */
    boolean goesBack() {
        return rolling != null && back;
    }

    State rollBack() {
        stop("a rollback comes first");
        return begin(Role.WORKER, true);
    }

    /** Rolls back what has failed, if it has. */
    State giveUp() {
        if (goesBack() || !probation.failed()) {
            return rolling == null ? State.IDLE : State.ROLLING;
        }
        // Told afterwards: what is written takes time, and workers are replaced meanwhile.
        stop(probation.of(number) ? "its code fails" : "the code of the reload before it fails");
        probation.tell();
        return begin(Role.WORKER, true);
    }

    /** No more workers are replaced in the roll that is under way. */
    private void stop(String why) {
        Rolling current = rolling;
        if (current == null) {
            return;
        }
        current.roll().close();
        current.advance(world.journal());
        rolling = null;
        world.journal().event("reload " + number + " stopped: " + why + "; " + current.progress());
        if (first) {
            inbox.put(role == Role.WORKER ? Command.RELOAD_WORKERS : Command.RELOAD_TASKS);
        }
    }

    private State takeUpClasses() {
        progress = new Deadline(world.nanoTime(), settings.now().mercy());
        first = false;
        result = null;
        world.threads().execute(this::takeUp);
        return State.TAKING_UP;
    }

    private void takeUp() {
        try {
            result = back ? world.code().rollBack() : world.code().takeUp();
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
                    .trouble("reload " + number
                            + (back ? " is still put back after " : " still reads changed classes after ")
                            + Words.time(clock.elapsed()) + "; the old code keeps serving");
        }
        return State.TAKING_UP;
    }

    State taken() {
        TakeUp taken = result;
        if (taken instanceof TakeUp.Applied applied) {
            return applied(applied);
        }
        if (taken instanceof TakeUp.Unsettled) {
            // None lags if the JVM did not let the old code be dropped; it is asked again.
            first = lagging.isEmpty();
            return first ? settle() : rollFirst();
        }
        if (taken instanceof TakeUp.Refused refused) {
            refuse(refused);
            return State.IDLE;
        }
        return State.TAKING_UP;
    }

    private State applied(TakeUp.Applied applied) {
        if (applied.changed() > 0 && world.code().unsettled()) {
            lagging.addAll(EnumSet.allOf(Role.class));
        }
        if (applied.back()) {
            probation.goesBack();
            ahead.clear();
            ahead.addAll(lagging);
        } else if (applied.changed() > 0) {
            probation.begin(number, clock);
        }
        return roll(role, applied);
    }

    private State roll(Role which, TakeUp.Applied applied) {
        ahead.remove(which);
        catchUp.supersede(which);
        rolling = new Rolling(number, which, applied, world.pools().roll(which, number));
        rolling.announce(world.journal());
        progress.restart();
        return advance();
    }

    /** The code before the last change must have gone before a further change comes. */
    private State rollFirst() {
        first = true;
        Role behind = lagging.iterator().next();
        world.journal()
                .event("reload " + number + ": first the pools of " + behind.plural()
                        + ", which still run the code before the last change");
        return roll(behind, new TakeUp.Applied(0, 0));
    }

    private void refuse(TakeUp.Refused refused) {
        for (String fault : refused.faults()) {
            world.journal().trouble("reload " + number + " refused: " + fault);
        }
        conclude(probation.verdict(
                "reload " + number + " refused in " + Words.time(clock.elapsed()) + ": "
                        + Words.count(refused.faults().size(), "fault")
                        + (back ? "; every worker keeps its code" : "; every worker keeps serving the old code"),
                false));
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
            current.roll().close();
            return rolled(current.role()) ? settle() : goOn();
        }
        return progress.passed() ? leaveBehind(current) : State.ROLLING;
    }

    /** Whether no thread runs the code before the last change any more, of which something is left to drop. */
    private boolean rolled(Role done) {
        lagging.remove(done);
        if (!world.code().unsettled()) {
            return false;
        }
        kept = world.code().keep(laggards());
        return kept == 0;
    }

    private List<Thread> laggards() {
        List<Thread> threads = new ArrayList<>();
        for (Role each : lagging) {
            threads.addAll(world.pools().threads(each));
        }
        return threads;
    }

    private State settle() {
        lagging.clear();
        world.threads().execute(() -> {
            try {
                world.code().settle();
            } finally {
                inbox.put(Command.SETTLED);
            }
        });
        return State.SETTLING;
    }

    /** The code before the last change has been dropped. */
    State settled() {
        if (first && world.code().unsettled()) {
            first = false;
            rolling = null;
            conclude("reload " + number + " refused in " + Words.time(clock.elapsed())
                    + ": the JVM does not let the code before the last change be dropped; restart the process");
            return State.IDLE;
        }
        if (!world.code().unsettled()) {
            probation.gone();
        }
        return goOn();
    }

    /** The next role of a rollback. */
    private State rollOn(Rolling done) {
        before += ", " + done.progress();
        partial |= !done.complete();
        return roll(ahead.iterator().next(), done.applied());
    }

    private String verdict(Rolling done) {
        String summary = done.summary(clock.elapsed(), !partial) + before + (back ? "" : kept());
        return probation.verdict(summary, true);
    }

    private State goOn() {
        if (first) {
            return lagging.isEmpty() ? takeUpClasses() : rollFirst();
        }
        if (rolling != null) {
            if (!world.code().unsettled()) {
                probation.gone();
            }
            if (back && !lagging.isEmpty() && !ahead.isEmpty()) {
                return rollOn(rolling);
            }
            String verdict = verdict(rolling);
            rolling = null;
            conclude(verdict);
            if (settings.now().tasksFollow() && role == Role.WORKER && !lagging.isEmpty()) {
                inbox.put(Command.RELOAD_TASKS);
            }
        }
        return State.IDLE;
    }

    private String kept() {
        if (lagging.isEmpty()) {
            return "";
        }
        return "; " + Words.count(kept, "thread") + " of "
                + lagging.iterator().next().plural() + (kept == 1 ? " keeps" : " keep")
                + " the old code until their pools are rolled";
    }

    private State leaveBehind(Rolling current) {
        current.reportBehind(world.journal(), settings.now().overdue());
        catchUp.take(current);
        if (back && !first && !ahead.isEmpty()) {
            return rollOn(current);
        }
        rolling = null;
        conclude(
                first
                        ? "reload " + number + " refused in " + Words.time(clock.elapsed())
                                + ": workers still run the code before the last change, and a third version is never"
                                + " mixed in; reload again once they have ended, or set on-timeout=interrupt"
                        : verdict(current));
        first = false;
        return State.IDLE;
    }

    /** The last line of a reload. */
    private void conclude(String verdict) {
        probation.prolong();
        world.journal().event(verdict);
        world.supervisor().ready(verdict);
    }

    /** How long there is nothing to do, in nanoseconds. */
    long patience() {
        return catchUp.pending() ? CATCH_UP : probation.left();
    }

    State catchUp() {
        if (!catchUp.pending()) {
            probation.look();
        }
        boolean last = false;
        for (Role caughtUp : catchUp.advance()) {
            last = rolled(caughtUp);
        }
        return last ? settle() : State.IDLE;
    }

    /** Why the pools cannot be left as they are, or null. */
    @Nullable
    String unfinished() {
        if (!world.code().unsettled()) {
            return null;
        }
        return lagging.isEmpty()
                ? "threads still run the code before the last change; detach once they have ended their work"
                : "the pools of " + lagging.iterator().next().plural()
                        + " still run the code before the last change; reload them first, then detach";
    }

    /** Replaces no more of the workers that earlier reloads left behind. */
    void leaveBehind() {
        catchUp.close();
    }

    /** Leaves what is under way: the application is about to stop. */
    void abandon(boolean takingUp) {
        if (takingUp || rolling != null) {
            world.journal().event("reload " + number + " abandoned: the application is stopping");
        }
        if (rolling != null) {
            rolling.roll().close();
            rolling = null;
        }
        catchUp.close();
    }
}
