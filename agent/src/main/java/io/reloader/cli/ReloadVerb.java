// SPDX-License-Identifier: Apache-2.0
package io.reloader.cli;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** As the signals do, with an answer. */
@Command(name = "reload", description = "Takes up changed classes and rolls the pools; exits with the verdict.")
final class ReloadVerb extends CommandingVerb {

    @ArgGroup
    private Which which = new Which();

    private static final class Which {
        @Option(names = "--workers", description = "Rolls the worker pools, as SIGUSR1 does; so it does if not told.")
        @SuppressWarnings("UnusedVariable") // What is done if none of them is given.
        boolean workers;

        @Option(names = "--tasks", description = "Rolls the task pools, as SIGUSR2 does.")
        boolean tasks;

        @Option(names = "--all", description = "Rolls the worker pools, then the task pools.")
        boolean all;
    }

    @Override
    int run() throws Unfit {
        String pools = which.all ? "all" : which.tasks ? "tasks" : "workers";
        return command(pid(), "reload " + pools, Bars.onTerminal());
    }
}
