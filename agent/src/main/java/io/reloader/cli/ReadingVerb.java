// SPDX-License-Identifier: Apache-2.0
package io.reloader.cli;

import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows something of a process and changes nothing. */
@Command
final class ReadingVerb extends Asking {
    private final String verb;

    @Option(names = "--json", description = "One line of JSON, in the shape of docs/json.md.")
    private boolean json;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "60s",
            converter = TimeConverter.class,
            description = "How long to wait for the answer, such as 500ms or 2m; exit code 4 after that.")
    private Duration timeout = Duration.ZERO;

    ReadingVerb(String verb) {
        this.verb = verb;
    }

    @Override
    int run() throws Unfit {
        long pid = pid();
        Ending ending = ask(pid, json ? verb + " json" : verb, timeout, this::print);
        if (ending == null) {
            throw gone(pid);
        }
        if (ending.code() != ExitCode.DONE) {
            return fail(ending.code(), ending.text());
        }
        if (!json && !ending.text().isEmpty()) {
            say(ending.text());
        }
        return ExitCode.DONE;
    }
}
