// SPDX-License-Identifier: Apache-2.0
package io.reloader.door;

import io.reloader.control.Command;
import io.reloader.control.Findings;
import io.reloader.control.Outcome;
import io.reloader.control.Status;
import io.reloader.door.Request.Verb;
import io.reloader.door.Request.Word;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Answers lines. Socket's thread only; what takes time is done elsewhere, and its result put into words there. */
final class Answers implements BiConsumer<String, Reply> {
    private static final long STATE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long CODE_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final About about;
    private final Control control;
    private final Executor socket;
    /** The check under way, which all who ask meanwhile share. */
    private @Nullable CompletableFuture<Findings> check;

    Answers(About about, Control control, Executor socket) {
        this.about = about;
        this.control = control;
        this.socket = socket;
    }

    @Override
    public void accept(String line, Reply reply) {
        try {
            answer(Request.parse(line), reply);
        } catch (IllegalArgumentException e) {
            reply.end(Reply.USAGE, String.valueOf(e.getMessage()));
        }
    }

    private void answer(Request request, Reply reply) {
        boolean json = request.has(Word.JSON);
        switch (request.verb()) {
            case STATUS ->
                state(reply, status -> {
                    if (json) {
                        reply.line(Views.status(about, status));
                    } else {
                        Text.status(about, status, reply::line);
                    }
                });
            case POOLS ->
                state(reply, status -> {
                    if (json) {
                        reply.line(Views.pools(status));
                    } else {
                        Text.pools(status, reply::line);
                    }
                });
            case CLASSES ->
                slow(reply, later(control.code()::classes), classes -> {
                    if (json) {
                        reply.line(Views.classes(classes));
                    } else {
                        Text.classes(classes, reply::line);
                    }
                    reply.end(Outcome.DONE, "");
                });
            case CHECK -> slow(reply, check(), findings -> check(findings, json, reply));
            case RELOAD -> command(request, reply, reloads(request));
            case ROLLBACK -> command(request, reply, List.of(Command.ROLL_BACK));
            case STOP -> command(request, reply, List.of(Command.STOP));
            case HELP -> help(reply);
        }
    }

    private static List<Command> reloads(Request request) {
        if (request.has(Word.ALL)) {
            return List.of(Command.RELOAD_WORKERS, Command.RELOAD_TASKS);
        }
        return List.of(request.has(Word.TASKS) ? Command.RELOAD_TASKS : Command.RELOAD_WORKERS);
    }

    private void command(Request request, Reply reply, List<Command> commands) {
        if (!request.has(Word.NOWAIT)) {
            Waiting waiting = new Waiting(reply, commands.size());
            commands.forEach(command -> control.audience().await(command, waiting));
            reply.onLeave(() -> control.audience().leave(waiting));
            if (request.has(Word.PROGRESS)) {
                reply.onPulse(() -> control.questions().progress().thenAcceptAsync(waiting::progress, socket));
            }
        }
        commands.forEach(control.inbox()::put);
        if (request.has(Word.NOWAIT)) {
            reply.end(Outcome.DONE, request.verb().word() + " asked for; not waited for");
        }
    }

    private void state(Reply reply, Consumer<Status> words) {
        reply.within(STATE_NANOS);
        then(reply, control.questions().status(), status -> {
            words.accept(status);
            reply.end(Outcome.DONE, "");
        });
    }

    private <T> void slow(Reply reply, CompletionStage<T> result, Consumer<T> words) {
        reply.within(CODE_NANOS);
        then(reply, result, words);
    }

    private <T> void then(Reply reply, CompletionStage<T> result, Consumer<T> words) {
        result.thenAcceptAsync(words, socket)
                .exceptionallyAsync(
                        e -> {
                            reply.end(Outcome.FAILED, "the answer failed: " + e + "; please report it");
                            return null;
                        },
                        socket);
    }

    private CompletionStage<Findings> check() {
        CompletableFuture<Findings> open = check;
        if (open == null || open.isDone()) {
            open = later(control.code()::check);
            check = open;
        }
        return open;
    }

    private <T> CompletableFuture<T> later(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, control.threads());
    }

    private static void check(Findings findings, boolean json, Reply reply) {
        if (json) {
            reply.line(Views.check(findings));
        } else {
            Text.check(findings, reply::line);
        }
        int faults = findings.faults().size();
        int touched = findings.classes().size();
        if (faults > 0) {
            reply.end(Outcome.REFUSED, "a reload would be refused: " + faults + (faults == 1 ? " fault" : " faults"));
        } else {
            reply.end(
                    Outcome.DONE,
                    touched == 0
                            ? "no class has changed; a reload would replace workers only"
                            : "a reload would take up " + touched + (touched == 1 ? " class" : " classes"));
        }
    }

    private static void help(Reply reply) {
        for (Verb verb : Verb.values()) {
            StringBuilder line = new StringBuilder(verb.word());
            verb.words().forEach(word -> line.append(" [").append(word.word()).append(']'));
            reply.line(line.append(": ").append(verb.doc).toString());
        }
        reply.end(Outcome.DONE, "");
    }
}
