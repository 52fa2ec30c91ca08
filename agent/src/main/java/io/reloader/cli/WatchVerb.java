// SPDX-License-Identifier: Apache-2.0
package io.reloader.cli;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Draws a process's status again and again. */
@Command(
        name = "watch",
        description = "Shows pools, workers and reloads as they go, until Ctrl-C or the end of the process.")
final class WatchVerb extends Asking {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration ENDING = Duration.ofSeconds(30);
    private static final long AGAIN_NANOS = 50_000_000;

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            defaultValue = "1s",
            converter = TimeConverter.class,
            description = "The time between two looks, such as 500ms or 1s.")
    private Duration interval = Duration.ZERO;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "0",
            description = "How many looks; 0, the default, for no end.")
    private int count;

    private final List<String> last = new ArrayList<>();

    @Override
    int run() throws Unfit {
        long pid = pid();
        // What keeps it from being watched at all is told before the screen is taken.
        JsonObject status = status(pid);
        try (Screen screen = Screen.open()) {
            for (int looks = 1; status != null; looks++) {
                draw(screen, status);
                if (looks == count) {
                    return ExitCode.DONE;
                }
                LockSupport.parkNanos(interval.toNanos());
                status = next(pid, screen);
            }
        }
        say("process " + pid + " has ended, or reloader has left it");
        return ExitCode.DONE;
    }

    private void draw(Screen screen, JsonObject status) {
        last.clear();
        last.addAll(new WatchView(status, screen.columns(), screen.rows(), Tty.colours()).lines(now()));
        screen.show(last);
    }

    /** Null once the process has ended; waits for one that is stopped, has no time to answer, or is about to end. */
    private @Nullable JsonObject next(long pid, Screen screen) throws Unfit {
        long begun = System.nanoTime();
        while (true) {
            try {
                return status(pid);
            } catch (Unfit e) {
                if (e.code() == ExitCode.NOT_RUNNING) {
                    return null;
                }
                // The socket goes before the process does.
                if (e.code() == ExitCode.FAILED && System.nanoTime() - begun > ENDING.toNanos()) {
                    throw e;
                }
                last.set(0, e.line());
                screen.show(last);
                LockSupport.parkNanos(AGAIN_NANOS);
            }
        }
    }

    private @Nullable JsonObject status(long pid) throws Unfit {
        List<String> answer = new ArrayList<>();
        Ending ending = ask(pid, "status json", PATIENCE, answer::add);
        if (ending == null) {
            return null;
        }
        if (ending.code() != ExitCode.DONE || answer.size() != 1) {
            throw new Unfit(ExitCode.FAILED, "process " + pid + " did not tell its status: " + ending.text());
        }
        try {
            return JsonParser.object().from(answer.get(0));
        } catch (JsonParserException e) {
            throw new Unfit(ExitCode.FAILED, "process " + pid + " told a status that is no JSON: " + e.getMessage());
        }
    }

    private static String now() {
        return LocalTime.now(ZoneId.systemDefault())
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
    }
}
