// SPDX-License-Identifier: Apache-2.0
package io.reloader.jmx;

import static javax.management.openmbean.SimpleType.BOOLEAN;
import static javax.management.openmbean.SimpleType.INTEGER;
import static javax.management.openmbean.SimpleType.LONG;
import static javax.management.openmbean.SimpleType.STRING;

import io.reloader.control.Command;
import io.reloader.control.Laggard;
import io.reloader.control.PoolState;
import io.reloader.control.PoolStatus;
import io.reloader.control.UnderWay;
import io.reloader.control.Verdict;
import io.reloader.control.Words;
import io.reloader.control.WorkerStatus;
import io.reloader.jmx.Shape.Field;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.TabularType;
import org.jspecify.annotations.Nullable;

/** The records that the bean shows; fields are those of docs/json.md. */
final class Shapes {
    private static final long MILLI = 1_000_000;
    private static final TabularType COUNTS = Shape.map(Integer.class, INTEGER, Integer.class, INTEGER);

    /** What has begun. */
    record Begin(int number, Command command) {}

    static final Shape<Begin> BEGIN = new Shape<>(
            "io.reloader.Begin",
            "The begin of a reload or a rollback",
            List.of(
                    field("number", "Of the reload", INTEGER, Begin::number),
                    field("command", "What was asked for", STRING, begin -> Words.of(begin.command()))));

    static final Shape<Verdict> VERDICT = new Shape<>(
            "io.reloader.Verdict",
            "How a reload, a rollback or a stop has ended",
            List.of(
                    field("number", "Of the reload; 0 of what was never begun", INTEGER, Verdict::number),
                    field("command", "What was asked for", STRING, verdict -> Words.of(verdict.command())),
                    field("outcome", "The verdict in a word", STRING, verdict -> Words.of(verdict.outcome())),
                    field("line", "What the log says of it", STRING, Verdict::line),
                    field("millis", "How long it took", LONG, verdict -> verdict.nanos() / MILLI)));

    static final Shape<WorkerStatus> WORKER = new Shape<>(
            "io.reloader.Worker",
            "A worker of a pool",
            List.of(
                    field("thread", "Its name", STRING, WorkerStatus::thread),
                    field("busy", "Whether it holds a unit of work", BOOLEAN, WorkerStatus::busy),
                    field(
                            "millis",
                            "For how long at least it has been at it, or idle",
                            LONG,
                            worker -> worker.nanos() / MILLI),
                    field(
                            "generation",
                            "The last reload before its thread was made",
                            INTEGER,
                            WorkerStatus::generation),
                    field("completed", "Units of work, -1 if nobody counts", LONG, WorkerStatus::completed),
                    field("place", "The frame that it is in, if it is busy", STRING, WorkerStatus::place)));

    static final Shape<PoolStatus> POOL = new Shape<>(
            "io.reloader.Pool",
            "A pool of threads",
            List.of(
                    field("name", "Made of its threads' names", STRING, PoolStatus::name),
                    field("kind", "Its class", STRING, PoolStatus::kind),
                    field("role", "worker or task", STRING, pool -> Words.of(pool.role())),
                    field("reason", "Why it counts as that", STRING, PoolStatus::reason),
                    field("pinned", "Whether its workers keep their threads", BOOLEAN, PoolStatus::pinned),
                    field("why", "Why they do; empty if they do not", STRING, PoolStatus::pin),
                    field("queued", "Whether a task waits that could run now", BOOLEAN, PoolStatus::queued),
                    field(
                            "waiting",
                            "How many tasks are in its queue, -1 if it does not tell",
                            INTEGER,
                            PoolStatus::waiting),
                    field("busy", "How many workers hold a unit of work", INTEGER, PoolStatus::busy),
                    field("generations", "How many workers are in each generation", COUNTS, Shapes::generations),
                    field("workers", "All of them", Shape.array(WORKER.type()), pool -> WORKER.all(pool.workers()))));

    private static final Shape<PoolState> ROLL = new Shape<>(
            "io.reloader.Roll",
            "How far a reload has come with one pool",
            List.of(
                    field("name", "Of the pool", STRING, PoolState::name),
                    field("done", "Workers replaced", INTEGER, PoolState::rolled),
                    field("of", "Workers to be replaced", INTEGER, PoolState::renewable),
                    field(
                            "pinned",
                            "Workers that keep their threads",
                            INTEGER,
                            pool -> pool.pinned().workers()),
                    field("trouble", "Why it is not rolled any further, or null", STRING, PoolState::trouble)));

    static final Shape<UnderWay> UNDER_WAY = new Shape<>(
            "io.reloader.UnderWay",
            "A reload that is under way",
            List.of(
                    field("number", "Of the reload", INTEGER, UnderWay::number),
                    field("command", "What was asked for", STRING, under -> Words.of(under.command())),
                    field("millis", "For how long", LONG, under -> under.nanos() / MILLI),
                    field(
                            "pools",
                            "Those that it rolls, once it does",
                            Shape.array(ROLL.type()),
                            u -> ROLL.all(u.pools()))));

    static final Shape<Laggard> LAGGARD = new Shape<>(
            "io.reloader.Laggard",
            "A worker that is waited for, or was left behind",
            List.of(
                    field("pool", "Its pool", STRING, Laggard::pool),
                    field("thread", "Its name", STRING, Laggard::thread),
                    field(
                            "millis",
                            "How long its unit of work has lasted at least",
                            LONG,
                            worker -> worker.nanos() / MILLI),
                    field("stack", "Its frames, innermost first", Shape.TEXTS, worker -> Shape.texts(worker.stack()))));

    private Shapes() {}

    private static Object generations(PoolStatus pool) {
        return Shape.rows(
                COUNTS,
                pool.workers().stream()
                        .collect(Collectors.groupingBy(
                                WorkerStatus::generation, TreeMap::new, Collectors.summingInt(worker -> 1))));
    }

    private static <T> Field<T> field(String name, String doc, OpenType<?> type, Function<T, @Nullable Object> value) {
        return new Field<>(name, doc, type, value);
    }
}
