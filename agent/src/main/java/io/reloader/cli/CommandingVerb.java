// SPDX-License-Identifier: Apache-2.0
package io.reloader.cli;

import java.time.Duration;
import picocli.CommandLine.Option;

/** Has the agent do something, and waits for what it comes to. */
abstract class CommandingVerb extends Asking {
    private static final String PROGRESS = "progress: ";

    @Option(
            names = "--no-wait",
            negatable = true,
            description = "Whether to wait for the verdict, which is the exit code; it does unless told --no-wait.")
    private boolean wait = true;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "5m",
            converter = TimeConverter.class,
            description = "How long to wait, such as 500ms or 2m; exit code 4 after that, and it goes on there.")
    private Duration timeout = Duration.ZERO;

    @Option(
            names = {"-q", "--quiet"},
            description = "Says nothing but trouble.")
    private boolean quiet;

    final Duration timeout() {
        return timeout;
    }

    final boolean waits() {
        return wait;
    }

    /** Its exit code. */
    final int command(long pid, String request, Bars bars) throws Unfit {
        boolean shows = wait && !quiet && bars.shown();
        String line = request + (wait ? shows ? " progress" : "" : " nowait");
        Ending ending;
        try {
            ending = ask(pid, line, timeout, each -> line(each, bars));
        } finally {
            bars.clear();
        }
        return ending == null ? ended(pid) : verdict(pid, ending);
    }

    private void line(String line, Bars bars) {
        if (line.startsWith(PROGRESS)) {
            bars.progress(line.substring(PROGRESS.length()));
        } else if (!quiet || line.startsWith("reloader: ! ")) {
            bars.clear();
            print(line);
            bars.draw();
        }
    }

    /** There was an ending. */
    int verdict(long pid, Ending ending) throws Unfit {
        if (ending.code() != ExitCode.DONE) {
            return fail(ending.code(), ending.text());
        }
        if (!quiet) {
            tell("- " + ending.text());
        }
        return ExitCode.DONE;
    }

    /** The process has ended before. */
    int ended(long pid) throws Unfit {
        throw gone(pid);
    }

    final boolean quiet() {
        return quiet;
    }
}
