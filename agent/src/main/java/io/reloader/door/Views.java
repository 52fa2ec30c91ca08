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
import io.reloader.options.Option;
import io.reloader.options.Options;
import java.util.List;
import java.util.function.Consumer;

/** Answers as JSON, in the shapes of docs/json.md; a change that a reader could trip over raises {@link #VERSION}. */
final class Views {
    static final int VERSION = 1;
    private static final long MILLI = 1_000_000;

    private Views() {}

    static String status(About about, Status status) {
        return answer("status", json -> {
            json.object("agent", agent -> agent(agent, about));
            json.text("state", Words.of(status.state()));
            json.number("generation", status.number());
            status.underWay()
                    .ifPresentOrElse(
                            under -> json.object("underWay", each -> underWay(each, under)),
                            () -> json.none("underWay"));
            json.texts("remembered", status.remembered().stream().map(Words::of).toList());
            json.objects("behind", status.behind(), Views::laggard);
            json.flag("unsettled", status.unsettled());
            json.number("rollbacks", status.rollbacks());
            json.number("connections", status.connections());
            json.objects("pools", status.pools(), Views::pool);
            json.objects("verdicts", status.verdicts(), Views::verdict);
            json.object("options", options -> options(options, about));
        });
    }

    static String pools(Status status) {
        return answer(
                "pools",
                json -> json.number("generation", status.number()).objects("pools", status.pools(), Views::pool));
    }

    static String classes(List<ClassStatus> classes) {
        return answer(
                "classes",
                json -> json.objects(
                        "classes",
                        classes,
                        (each, type) -> each.text("type", type.type())
                                .text("file", type.file())
                                .text("loader", type.loader())
                                .text("taken", Words.of(type.taken()))));
    }

    static String check(Findings findings) {
        return answer(
                "check",
                json -> json.flag("refused", !findings.faults().isEmpty())
                        .objects(
                                "classes",
                                findings.classes(),
                                (each, finding) -> each.text("type", finding.type())
                                        .text("file", finding.file())
                                        .text("verdict", Words.of(finding.verdict()))
                                        .texts("reasons", finding.reasons()))
                        .texts("faults", findings.faults())
                        .texts("notes", findings.notes()));
    }

    private static String answer(String verb, Consumer<Json> fields) {
        return Json.object(json -> {
            json.number("version", VERSION).text("verb", verb);
            fields.accept(json);
        });
    }

    private static void agent(Json json, About about) {
        json.text("version", about.version())
                .number("pid", about.pid())
                .text("started", about.started().toString())
                .number("upMillis", System.currentTimeMillis() - about.started().toEpochMilli())
                .flag("attached", about.late())
                .text("java", Runtime.version().toString());
    }

    private static void options(Json json, About about) {
        Options inForce = about.options().get();
        for (Option option : Option.values()) {
            json.text(option.key(), inForce.text(option));
        }
    }

    private static void underWay(Json json, UnderWay under) {
        json.number("number", under.number())
                .text("command", Words.of(under.command()))
                .number("millis", under.nanos() / MILLI)
                .objects("pools", under.pools(), Views::poolState);
    }

    private static void poolState(Json json, PoolState pool) {
        json.text("name", pool.name())
                .number("done", pool.rolled())
                .number("of", pool.renewable())
                .number("pinned", pool.pinned().workers())
                .text("why", pool.pinned().why());
        if (pool.trouble() != null) {
            json.text("trouble", pool.trouble());
        }
    }

    private static void laggard(Json json, Laggard laggard) {
        json.text("pool", laggard.pool())
                .text("thread", laggard.thread())
                .number("millis", laggard.nanos() / MILLI)
                .texts("stack", laggard.stack());
    }

    private static void pool(Json json, PoolStatus pool) {
        json.text("name", pool.name())
                .text("kind", pool.kind())
                .text("role", Words.of(pool.role()))
                .text("reason", pool.reason())
                .flag("pinned", pool.pinned())
                .text("why", pool.pin())
                .flag("queued", pool.queued())
                .number("waiting", pool.waiting())
                .number("busy", pool.busy())
                .objects("workers", pool.workers(), Views::worker);
    }

    private static void worker(Json json, WorkerStatus worker) {
        json.text("thread", worker.thread())
                .flag("busy", worker.busy())
                .number("millis", worker.nanos() / MILLI)
                .number("generation", worker.generation())
                .number("completed", worker.completed())
                .text("place", worker.place());
    }

    private static void verdict(Json json, Verdict verdict) {
        json.number("number", verdict.number())
                .text("command", Words.of(verdict.command()))
                .text("outcome", Words.of(verdict.outcome()))
                .text("line", verdict.line())
                .number("millis", verdict.nanos() / MILLI);
    }
}
