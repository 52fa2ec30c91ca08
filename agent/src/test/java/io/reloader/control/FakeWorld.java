// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Everything around a control loop, under a test's command: time stands until the test moves it. */
final class FakeWorld {
    final Inbox inbox = new Inbox();
    final Questions questions = new Questions(inbox);
    final Audience audience = new Audience(new FakeJournal());
    final List<String> lines = new ArrayList<>();
    final List<Integer> exits = new ArrayList<>();
    final List<Integer> halts = new ArrayList<>();
    final Deque<Runnable> threads = new ArrayDeque<>();
    final List<Role> rolls = new ArrayList<>();
    Supplier<TakeUp> code = () -> new TakeUp.Applied(0, 0);
    Supplier<TakeUp> rollback = () -> new TakeUp.Applied(0, 0, true);
    boolean idle;
    /** Thrown by every roll and drain. */
    @Nullable
    Error broken;

    /** Threads of task pools. */
    List<Thread> tasks = List.of();

    /** Threads of worker pools. */
    List<Thread> workers = List.of();

    boolean unsettled;

    /** What the code was seen to fail with. */
    @Nullable
    Failure failure;

    /** Whether the JVM lets the old code be dropped. */
    boolean drops = true;

    final List<String> told = new ArrayList<>();

    /** What was told as facts. */
    final List<String> events = new ArrayList<>();

    long arrivals;
    boolean intakeStopped;
    /** Connections that a stopped intake waits for. */
    int open;

    /** Why the agent cannot leave. */
    @Nullable
    String obstacle;

    /** Whether no worker is on its way out of its pool. */
    boolean ready = true;

    final InForce settings;

    FakeRoll roll = new FakeRoll(0);
    long now;

    private final ControlLoop loop;

    FakeWorld() {
        this(Overdue.WAIT);
    }

    FakeWorld(Overdue overdue) {
        this(overdue, 0);
    }

    FakeWorld(Overdue overdue, long termDelaySeconds) {
        settings = new InForce(new Settings(
                TimeUnit.SECONDS.toNanos(30),
                TimeUnit.SECONDS.toNanos(termDelaySeconds),
                TimeUnit.SECONDS.toNanos(30),
                TimeUnit.SECONDS.toNanos(10),
                overdue,
                false));
        loop = new ControlLoop(
                inbox,
                questions,
                new World(
                        new FakeCode(),
                        new FakePools(),
                        new FakeIntake(),
                        new FakeHost(),
                        new FakeDeparture(),
                        new FakeSupervisor(),
                        audience,
                        new FakeEvents(events),
                        task -> threads.add(task),
                        () -> now),
                settings);
    }

    /** As the loop's own thread does. */
    void turn(Command command) {
        loop.turn(command);
    }

    void accept(Command... commands) {
        for (Command command : commands) {
            loop.accept(command);
        }
    }

    /** Runs what the loop gave to other threads, and takes everything that lies in the inbox, until both are empty. */
    void settle() {
        Command command = Command.TICK;
        do {
            while (!threads.isEmpty()) {
                threads.remove().run();
            }
            command = inbox.take(0);
            if (command != Command.TICK) {
                loop.accept(command);
            }
        } while (command != Command.TICK || !threads.isEmpty());
    }

    State state() {
        return loop.state();
    }

    long patience() {
        return loop.patience();
    }

    void pass(long amount, TimeUnit unit) {
        now += unit.toNanos(amount);
    }

    private final class FakeCode implements Code {
        @Override
        public TakeUp takeUp() {
            return code.get();
        }

        @Override
        public TakeUp rollBack() {
            return rollback.get();
        }

        @Override
        public Optional<Failure> failure() {
            return Optional.ofNullable(failure);
        }

        @Override
        public void trust() {
            lines.add("trusted");
            failure = null;
        }

        @Override
        public Findings check() {
            return new Findings(List.of(), List.of(), List.of());
        }

        @Override
        public List<ClassStatus> classes() {
            return List.of();
        }

        @Override
        public int rollbacks() {
            return 2;
        }

        @Override
        public boolean unsettled() {
            return unsettled;
        }

        @Override
        public int keep(Collection<Thread> old) {
            lines.add("kept " + old.size());
            return old.size();
        }

        @Override
        public void settle() {
            lines.add("settled");
            unsettled &= !drops;
        }
    }

    private final class FakePools implements Pools {
        @Override
        public Collection<Thread> threads(Role role) {
            return role == Role.TASK ? tasks : workers;
        }

        @Override
        public Roll roll(Role role, int generation) {
            if (broken != null) {
                throw broken;
            }
            rolls.add(role);
            return roll;
        }

        @Override
        public List<PoolStatus> status() {
            WorkerStatus worker = new WorkerStatus("http-1", true, 5, 0, 7, "com.acme.Slow.run(Slow.java:7)");
            return List.of(new PoolStatus("http", "Executor", Role.WORKER, "told", "", false, 0, List.of(worker)));
        }

        @Override
        public Drain drain() {
            if (broken != null) {
                throw broken;
            }
            return new Drain() {
                @Override
                public boolean idle() {
                    return idle;
                }

                @Override
                public List<Laggard> busy() {
                    return List.of(new Laggard("http", "http-1", List.of("com.acme.Slow.run(Slow.java:7)")));
                }
            };
        }
    }

    private final class FakeIntake implements Intake {
        @Override
        public long arrivals() {
            return arrivals;
        }

        @Override
        public void stop() {
            intakeStopped = true;
        }

        @Override
        public boolean idle() {
            return open == 0;
        }

        @Override
        public int open() {
            return open;
        }
    }

    private final class FakeSupervisor implements Supervisor {
        @Override
        public void reloading() {
            told.add("reloading");
        }

        @Override
        public void ready(String status) {
            told.add("ready: " + status);
        }

        @Override
        public void stopping() {
            told.add("stopping");
        }

        @Override
        public void status(String line) {
            told.add(line);
        }

        @Override
        public void extend(long nanos) {
            told.add("extend by " + TimeUnit.NANOSECONDS.toSeconds(nanos) + " s");
        }

        @Override
        public void alive() {
            told.add("alive");
        }

        @Override
        public long beat() {
            return Long.MAX_VALUE;
        }
    }

    private final class FakeHost implements Host {
        @Override
        public void reopenLog() {
            lines.add("log reopened");
        }

        @Override
        public void exit(int status) {
            exits.add(status);
        }

        @Override
        public void halt(int status) {
            halts.add(status);
        }
    }

    private final class FakeDeparture implements Departure {
        @Override
        public @Nullable String obstacle() {
            return obstacle;
        }

        @Override
        public boolean ready() {
            return ready;
        }

        @Override
        public void undo() {
            lines.add("undone");
        }

        @Override
        public void refused(String reason) {
            lines.add("refused: " + reason);
        }

        @Override
        public void left() {
            lines.add("left");
        }
    }

    private final class FakeJournal implements Journal {
        @Override
        public void setting(String line) {
            lines.add("* " + line);
        }

        @Override
        public void event(String line) {
            lines.add("- " + line);
        }

        @Override
        public void detail(String line) {
            lines.add("+ " + line);
        }

        @Override
        public void trouble(String line) {
            lines.add("! " + line);
        }
    }
}
