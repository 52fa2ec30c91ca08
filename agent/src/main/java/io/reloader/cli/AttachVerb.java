// SPDX-License-Identifier: Apache-2.0
package io.reloader.cli;

import io.reloader.options.OptionException;
import io.reloader.options.OptionParser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Loads the agent into a JVM that is already running; gives the options to the agent that is there already. */
@Command(
        name = "attach",
        description = "Loads reloader into a running JVM, or changes the options of the one that is there.")
final class AttachVerb extends Verb {
    private static final List<String> PATHS = List.of("config=", "overlay=");

    private final Summons summons;
    private final String version;

    @Parameters(index = "1..*", paramLabel = "OPTION", description = "key=value, as reloader.jar options lists them.")
    private List<String> options = new ArrayList<>();

    AttachVerb(Summons summons, String version) {
        this.summons = summons;
        this.version = version;
    }

    @Override
    int run() throws Unfit {
        String arguments =
                String.join(",", options.stream().map(AttachVerb::absolute).toList());
        try {
            // The same parser as the agent's, so that a wrong option is told here and never reaches the other JVM.
            new OptionParser(new Properties(), Map.of()).parse(arguments);
        } catch (OptionException e) {
            tell("! " + e.getMessage());
            return ExitCode.USAGE;
        }
        long pid = pid();
        Summons.Outcome outcome = summons.call(pid, arguments, true);
        String there = outcome.after();
        if (there == null) {
            return fail(
                    ExitCode.FAILED,
                    "the agent was loaded into process " + pid + " but did not start; its standard error says why");
        }
        say("process " + pid + " has reloader " + there + (outcome.before() == null ? "" : " already"));
        if (!there.equals(version)) {
            say("this is reloader " + version + "; restart process " + pid + " to run it there");
        }
        outcome.answer().forEach(this::tell);
        return outcome.refused() ? ExitCode.FAILED : ExitCode.DONE;
    }

    /** The other JVM has another working directory. */
    private static String absolute(String option) {
        for (String key : PATHS) {
            if (option.startsWith(key) && option.length() > key.length()) {
                return key + Path.of(option.substring(key.length())).toAbsolutePath();
            }
        }
        return option;
    }
}
