// SPDX-License-Identifier: Apache-2.0
package io.reloader.cli;

import picocli.CommandLine.Command;

/** Takes the agent out of a JVM, which runs on. */
@Command(name = "detach", description = "Takes reloader out of a JVM, which runs on without it.")
final class DetachVerb extends Verb {
    private final Summons summons;

    DetachVerb(Summons summons) {
        this.summons = summons;
    }

    @Override
    int run() throws Unfit {
        long pid = pid();
        Summons.Outcome outcome = summons.call(pid, "detach", false);
        if (outcome.before() == null) {
            return fail(ExitCode.NOT_RUNNING, "process " + pid + " has no reloader");
        }
        outcome.answer().forEach(this::tell);
        if (outcome.after() != null) {
            if (!outcome.refused()) {
                fail(
                        ExitCode.FAILED,
                        "reloader " + outcome.after() + " stays in process " + pid + "; it knows no detach");
            }
            return ExitCode.FAILED;
        }
        say("process " + pid + " runs on without reloader");
        return ExitCode.DONE;
    }
}
