// SPDX-License-Identifier: Apache-2.0
package io.reloader.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A verb on one process; what keeps it from being done is one line that begins with the verb. */
abstract class Verb implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli before call().
    private CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "PROCESS",
            description = "Its number, its pid file, or its application's jar or main class.")
    @SuppressWarnings("NullAway.Init") // As above.
    private String process;

    /** The exit code. */
    abstract int run() throws Unfit;

    @Override
    public final Integer call() {
        try {
            return run();
        } catch (Unfit e) {
            return fail(e.code(), e.line());
        }
    }

    final long pid() throws Unfit {
        return new Processes().find(process);
    }

    final void say(String line) {
        tell("- " + spec.name() + ": " + line);
    }

    /** A line that has its mark. */
    final void tell(String line) {
        boolean trouble = line.startsWith("!");
        (trouble ? spec.commandLine().getErr() : spec.commandLine().getOut()).println("reloader: " + line);
    }

    final int fail(int code, String line) {
        tell("! " + spec.name() + ": " + line);
        return code;
    }
}
