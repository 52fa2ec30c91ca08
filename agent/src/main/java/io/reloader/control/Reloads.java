// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The reload under way, its number, and the workers that earlier ones left behind. Control thread only.
 */
final class Reloads {
    private static final long CATCH_UP = 50_000_000;

    private final Inbox inbox;
    private final World world;
    private final InForce settings;
    private final CatchUp catchUp;
    private final Probation probation;
    private final Attempt attempt;

    /** The roles whose pools have not been rolled since the last change, while two versions of the code live. */
    private final Lagging lagging = new Lagging();

    private int number;
    private Role role = Role.WORKER;
    private Deadline clock;
    private Deadline progress;
    private @Nullable Rolling rolling;

    /** Whether it is a rollback. */
    private boolean back;

    /** Of a rollback: the roles whose pools have not been rolled yet. */
    private final Set<Role> ahead = EnumSet.noneOf(Role.class);

    /** What earlier rolls of the same rollback came to. */
    private String before = "";

    /** Whether one of those left workers behind. */
    private boolean partial;

    /** Whether what is rolled is not what was asked for, but what must come before it. */
    private boolean first;

    /** How many classes it has changed. */
    private int changed;

    Reloads(Inbox inbox, World world, InForce settings) {
        this.inbox = inbox;
        this.world = world;
        this.settings = settings;
        this.catchUp = new CatchUp(world.journal());
        this.attempt = new Attempt(inbox, world);
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
        world.journal().begun(command());
        before = "";
        partial = false;
        clock = new Deadline(world.nanoTime(), settings.now().mercy());
        changed = 0;
        world.supervisor().reloading();
        world.events().begun(number, command());
        return takeUpClasses(true);
    }

    private Command command() {
        return back ? Command.ROLL_BACK : role == Role.WORKER ? Command.RELOAD_WORKERS : Command.RELOAD_TASKS;
    }

    /** Whether a rollback is under way, or what must come before it. */
    boolean goesBack() {
        return rolling != null && back;
    }

    State rollBack() {
        stop("a rollback comes first", false);
        return begin(Role.WORKER, true);
    }

    /** Rolls back what has failed, if it has. */
    State giveUp() {
        if (goesBack() || !probation.failed()) {
            return rolling == null ? State.IDLE : State.ROLLING;
        }
        // Told afterwards: what is written takes time, and workers are replaced meanwhile.
        boolean own = probation.of(number);
        stop(own ? "its code fails" : "the code of the reload before it fails", own);
        probation.tell();
        return begin(Role.WORKER, true);
    }

    /** No more workers are replaced in the roll that is under way. {@code failed}: its verdict is that on its rollback. */
    private void stop(String why, boolean failed) {
        Rolling current = rolling;
        if (current == null) {
            return;
        }
        current.roll().close();
        current.advance(world.journal());
        rolling = null;
        String line = "reload " + number + " stopped: " + why + "; " + current.progress();
        if (first) {
            world.journal().event(line);
            world.journal().again();
            inbox.put(command());
        } else if (failed) {
            world.journal().event(line);
        } else {
            tell(verdict(Outcome.SUPERSEDED, line));
        }
    }

    private State takeUpClasses(boolean fresh) {
        progress = new Deadline(world.nanoTime(), settings.now().mercy());
        first = false;
        attempt.begin(number, command(), fresh);
        return State.TAKING_UP;
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
        TakeUp taken = attempt.result();
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
        changed = applied.changed();
        if (applied.changed() > 0 && world.code().unsettled()) {
            lagging.all();
        }
        if (applied.back()) {
            probation.goesBack();
            ahead.clear();
            ahead.addAll(lagging.roles());
        } else if (applied.changed() > 0) {
            probation.begin(number, clock);
        }
        return roll(role, applied);
    }

    private State roll(Role which, TakeUp.Applied applied) {
        world.events().phase(Phase.ROLL);
        ahead.remove(which);
        catchUp.supersede(which);
        rolling = new Rolling(number, which, applied, world.pools().roll(which, number), world.events());
        rolling.announce(world.journal());
        progress.restart();
        return advance();
    }

    /** The code before the last change must have gone before a further change comes. */
    private State rollFirst() {
        first = true;
        Role behind = lagging.first();
        world.journal()
                .event("reload " + number + ": first the pools of " + behind.plural()
                        + ", which still run the code before the last change");
        return roll(behind, new TakeUp.Applied(0, 0));
    }

    private void refuse(TakeUp.Refused refused) {
        for (String fault : refused.faults()) {
            world.journal().trouble("reload " + number + " refused: " + fault);
        }
        conclude(
                Outcome.REFUSED,
                "reload " + number + " refused in " + Words.time(clock.elapsed()) + ": "
                        + Words.count(refused.faults().size(), "fault")
                        + (back ? "; every worker keeps its code" : "; every worker keeps serving the old code"));
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
        return lagging.keep(world) == 0;
    }

    private State settle() {
        world.events().phase(Phase.SETTLE);
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
            conclude(
                    Outcome.REFUSED,
                    "reload " + number + " refused in " + Words.time(clock.elapsed())
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

    /** The verdict once all has been rolled that will be in {@code mercy}. */
    private void conclude(Rolling done) {
        Outcome outcome = !partial && done.complete() ? Outcome.DONE : Outcome.PARTIAL;
        conclude(outcome, done.summary(clock.elapsed(), !partial) + before + (back ? "" : lagging.kept()));
    }

    private State goOn() {
        if (first) {
            return lagging.isEmpty() ? takeUpClasses(false) : rollFirst();
        }
        if (rolling != null) {
            if (!world.code().unsettled()) {
                probation.gone();
            }
            if (back && !lagging.isEmpty() && !ahead.isEmpty()) {
                return rollOn(rolling);
            }
            Rolling done = rolling;
            rolling = null;
            conclude(done);
            if (settings.now().tasksFollow() && role == Role.WORKER && !lagging.isEmpty()) {
                inbox.put(Command.RELOAD_TASKS);
            }
        }
        return State.IDLE;
    }

    private State leaveBehind(Rolling current) {
        current.reportBehind(world.journal(), settings.now().overdue());
        catchUp.take(current);
        if (back && !first && !ahead.isEmpty()) {
            return rollOn(current);
        }
        rolling = null;
        if (first) {
            first = false;
            conclude(
                    Outcome.REFUSED,
                    "reload " + number + " refused in " + Words.time(clock.elapsed())
                            + ": workers still run the code before the last change, and a third version is never"
                            + " mixed in; reload again once they have ended, or set on-timeout=interrupt");
        } else {
            conclude(current);
        }
        return State.IDLE;
    }

    /** The last line of a reload. */
    private void conclude(Outcome outcome, String line) {
        Verdict verdict = probation.verdict(verdict(outcome, line));
        probation.prolong();
        tell(verdict);
        world.supervisor().ready(verdict.line());
    }

    private void tell(Verdict verdict) {
        world.journal().conclude(verdict);
        world.events().ended(verdict, changed);
    }

    private Verdict verdict(Outcome outcome, String line) {
        return new Verdict(number, command(), outcome, line, clock.elapsed());
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

    /** Nothing is known of how it ended: a fault of ours. */
    void lost(String line) {
        Verdict verdict = verdict(Outcome.FAILED, line);
        world.journal().ended(verdict);
        world.events().ended(verdict, changed);
    }

    int number() {
        return number;
    }

    /** How far it has come, if the loop, in this state, has one under way. */
    Optional<UnderWay> underWay(State state) {
        if (!isUnderWay(state)) {
            return Optional.empty();
        }
        List<PoolState> pools = rolling == null ? List.of() : rolling.roll().pools();
        return Optional.of(new UnderWay(number, command(), clock.elapsed(), pools));
    }

    /** Who is behind, unless they are more than so many. */
    List<Laggard> behind(int most) {
        return rolling == null ? catchUp.behind(most) : rolling.behind(most);
    }

    private boolean isUnderWay(State state) {
        return state == State.TAKING_UP || rolling != null || (state == State.SETTLING && first);
    }

    /** Why the pools cannot be left as they are, or null. */
    @Nullable
    String unfinished() {
        return lagging.unfinished(world);
    }

    /** Replaces no more of the workers that earlier reloads left behind. */
    void leaveBehind() {
        catchUp.close();
    }

    /** Leaves what is under way: the application is about to stop. */
    void abandon(State state) {
        if (isUnderWay(state)) {
            tell(verdict(Outcome.SUPERSEDED, "reload " + number + " abandoned: the application is stopping"));
        }
        if (rolling != null) {
            rolling.roll().close();
            rolling = null;
        }
        catchUp.close();
    }
}
