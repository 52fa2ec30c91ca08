// SPDX-License-Identifier: Apache-2.0
package io.reloader.cli;

import io.reloader.options.Option;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the option table. */
@Command(name = "options", description = "Prints every option with its default and what it may be.")
final class OptionsVerb implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli before call().
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        for (Option option : Option.values()) {
            out.printf("%-14s %-8s %s%n", option.key(), option.standard(), option.doc());
            out.printf("%-14s %-8s it is %s%n", "", "", option.rule());
        }
        out.println();
        out.println("Given as -javaagent:reloader.jar=key=value,key=value or attach <pid> key=value ...,");
        out.println("as -Dreloader.key=value, as RELOADER_KEY in the environment, or in the file that config names;");
        out.println("the first of these that names a key wins.");
        out.flush();
        return ExitCode.DONE;
    }
}
