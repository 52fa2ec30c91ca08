// SPDX-License-Identifier: Apache-2.0
package io.reloader.cli;

import java.io.File;
import java.util.function.ToIntFunction;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code java -jar reloader.jar <verb>}. Created by the entry; its result is the process's exit code. */
@Command(
        name = "reloader",
        description = "New code, fresh thread pools and a clean stop for a running JVM.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "VERB")
public final class Cli implements ToIntFunction<String[]> {
    private final File jar;
    private final String version;

    /**
     * @param jar the file this runs from; it is what attach loads into the other JVM
     * @param version its version
     */
    public Cli(File jar, String version) {
        this.jar = jar;
        this.version = version;
    }

    private static CommandLine reading(String verb, String doc) {
        CommandLine command = new CommandLine(new ReadingVerb(verb));
        command.getCommandSpec().usageMessage().description(doc);
        return command;
    }

    @Override
    public int applyAsInt(String[] arguments) {
        CommandLine commands = commands();
        if (arguments.length == 0) {
            commands.usage(commands.getErr());
            return ExitCode.USAGE;
        }
        return commands.execute(arguments);
    }

    /** With every verb; also what completion and the manual are made of. */
    CommandLine commands() {
        Summons summons = new Summons(jar, version);
        CommandLine commands = new CommandLine(this)
                .addSubcommand(new AttachVerb(summons, version))
                .addSubcommand(new DetachVerb(summons))
                .addSubcommand("status", reading("status", "Shows the state, the pools and the last verdicts."))
                .addSubcommand("pools", reading("pools", "Shows each pool and what its workers do."))
                .addSubcommand("classes", reading("classes", "Shows the classes that run other code than they loaded."))
                .addSubcommand("check", reading("check", "Shows what a reload would do, class by class."))
                .addSubcommand(new ReloadVerb())
                .addSubcommand(new RollbackVerb())
                .addSubcommand(new StopVerb())
                .addSubcommand(new WatchVerb())
                .addSubcommand(new OptionsVerb())
                .addSubcommand(new CompletionVerb())
                .setExecutionExceptionHandler((e, command, parsed) -> {
                    command.getErr()
                            .println("reloader: ! "
                                    + parsed.subcommand().commandSpec().name() + ": " + e);
                    return ExitCode.FAILED;
                });
        commands.getCommandSpec().version("reloader " + version);
        return commands;
    }
}
