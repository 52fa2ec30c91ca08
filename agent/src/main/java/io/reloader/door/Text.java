// SPDX-License-Identifier: Apache-2.0
package io.reloader.door;

import io.reloader.control.ClassStatus;
import io.reloader.control.Findings;
import io.reloader.control.Laggard;
import io.reloader.control.PoolState;
import io.reloader.control.PoolStatus;
import io.reloader.control.Status;
import io.reloader.control.UnderWay;
import io.reloader.control.Verdict;
import io.reloader.control.Words;
import io.reloader.control.WorkerStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Answers as lines for people. */
final class Text {
    private static final long MILLI = 1_000_000;

    private Text() {}

    static void status(About about, Status status, Consumer<String> out) {
        out.accept(
                "reloader " + about.version() + " in process " + about.pid() + ", java " + Runtime.version() + ", up "
                        + time(Duration.between(about.started(), Instant.now()).toMillis()));
        out.accept("state: " + Words.of(status.state()) + ", generation " + status.number()
                + (status.unsettled() ? ", two versions of the code" : "") + ", " + status.rollbacks()
                + " to roll back");
        status.underWay().ifPresent(under -> underWay(under, out));
        status.remembered().forEach(command -> out.accept("next: " + Words.of(command)));
        for (Laggard laggard : status.behind()) {
            out.accept("behind: " + laggard.thread() + " of " + laggard.pool()
                    + (laggard.nanos() == 0 ? "" : ", for " + time(laggard.nanos() / MILLI))
                    + (laggard.stack().isEmpty()
                            ? ""
                            : ", at " + laggard.stack().get(0)));
        }
        if (status.connections() > 0) {
            out.accept("connections that wait for an answer: " + status.connections());
        }
        summaries(status.pools(), out);
        for (Verdict verdict : status.verdicts()) {
            out.accept("verdict " + Words.of(verdict.outcome()) + ": " + verdict.line());
        }
    }

    private static void underWay(UnderWay under, Consumer<String> out) {
        out.accept("under way: " + under.number() + ", " + Words.of(under.command()) + ", for "
                + time(under.nanos() / MILLI));
        for (PoolState pool : under.pools()) {
            out.accept("  " + pool.name() + ": " + pool.rolled() + "/" + pool.renewable()
                    + (pool.pinned().workers() == 0
                            ? ""
                            : ", " + pool.pinned().workers() + " pinned ("
                                    + pool.pinned().why() + ")"));
        }
    }

    private static void summaries(List<PoolStatus> pools, Consumer<String> out) {
        out.accept(row("POOL", "ROLE", "WORKERS", "BUSY", "GENERATIONS"));
        for (PoolStatus pool : pools) {
            out.accept(row(
                    pool.name(),
                    Words.of(pool.role()),
                    Integer.toString(pool.workers().size()),
                    Integer.toString(pool.busy()),
                    generations(pool)));
        }
    }

    private static String row(String name, String role, String workers, String busy, String generations) {
        return String.format(Locale.ROOT, "%-32s %-7s %7s %5s  %s", name, role, workers, busy, generations);
    }

    /** {@code 7:6 6:2}: six in generation 7, two in 6. */
    private static String generations(PoolStatus pool) {
        Map<Integer, Long> counts = pool.workers().stream()
                .collect(Collectors.groupingBy(WorkerStatus::generation, TreeMap::new, Collectors.counting()));
        return counts.entrySet().stream()
                        .map(each -> each.getKey() + ":" + each.getValue())
                        .collect(Collectors.joining(" "))
                + (pool.pinned() ? " pinned" : "")
                + (pool.queued() ? " queued" : "");
    }

    static void pools(Status status, Consumer<String> out) {
        for (PoolStatus pool : status.pools()) {
            out.accept(pool.name() + ": " + Words.of(pool.role()) + " pool (" + pool.reason() + "), " + pool.kind()
                    + ", " + pool.workers().size() + " workers, " + pool.busy() + " busy"
                    + (pool.queued() ? ", work queued" : "")
                    + (pool.waiting() > 0 ? ", " + pool.waiting() + " in its queue" : "")
                    + (pool.pinned() ? ", pinned: " + pool.pin() : ""));
            for (WorkerStatus worker : pool.workers()) {
                out.accept("  " + worker.thread() + ": generation " + worker.generation() + ", "
                        + (worker.busy() ? "busy" : "idle") + " for " + time(worker.nanos() / MILLI)
                        + (worker.completed() < 0 ? "" : ", " + worker.completed() + " completed")
                        + (worker.place().isEmpty() ? "" : ", at " + worker.place()));
            }
        }
    }

    static void classes(List<ClassStatus> classes, Consumer<String> out) {
        if (classes.isEmpty()) {
            out.accept("every class runs what it was loaded with");
        }
        for (ClassStatus each : classes) {
            out.accept(String.format(
                    Locale.ROOT,
                    "%-9s %s from %s in %s",
                    Words.of(each.taken()),
                    each.type(),
                    each.file(),
                    each.loader()));
        }
    }

    static void check(Findings findings, Consumer<String> out) {
        for (Findings.Finding finding : findings.classes()) {
            out.accept(String.format(
                    Locale.ROOT, "%-9s %s from %s", Words.of(finding.verdict()), finding.type(), finding.file()));
            finding.reasons().forEach(reason -> out.accept("          " + reason));
        }
        findings.notes().forEach(note -> out.accept("note: " + note));
        findings.faults().forEach(fault -> out.accept("fault: " + fault));
    }

    private static String time(long millis) {
        long seconds = millis / 1000;
        if (millis < 1000) {
            return millis + " ms";
        }
        if (seconds < 60) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
        }
        long minutes = seconds / 60;
        return minutes < 60 ? minutes + " min " + seconds % 60 + " s" : minutes / 60 + " h " + minutes % 60 + " min";
    }
}
