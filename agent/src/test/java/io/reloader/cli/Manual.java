// SPDX-License-Identifier: Apache-2.0
package io.reloader.cli;

import io.reloader.options.Option;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The manual page, made of the command line's verbs and the table of options. */
final class Manual {
    private static final String HEAD = """
            .\\" Made by scripts/docs of the tables in the sources; edit those.
            .TH RELOADER 1
            .SH NAME
            reloader \\- new code, fresh thread pools and a clean stop for a running JVM
            .SH SYNOPSIS
            .B java \\-javaagent:reloader.jar\\fR[=\\fIkey\\fR=\\fIvalue\\fR,...] ...
            .br
            .B reloader
            .I VERB PROCESS
            .SH DESCRIPTION
            A Java agent that lets a running JVM take new code, replace the threads of its pools and stop, without dropping
            a request. Signals tell it to, or this command, which waits for the verdict.
            The process is named by its number, its pid file, or its application's jar or main class.
            """;

    private static final String TAIL = """
            .SH SIGNALS
            .TP
            .B USR1
            as reload
            .TP
            .B USR2
            as reload \\-\\-tasks
            .TP
            .B TERM
            as stop
            .SH EXIT STATUS
            .TP
            .B 0
            done
            .TP
            .B 1
            refused or failed
            .TP
            .B 2
            wrong usage
            .TP
            .B 3
            no such process, or no agent in it
            .TP
            .B 4
            the time has passed, or workers were left behind
            """;

    private final CommandLine commands;

    Manual(CommandLine commands) {
        this.commands = commands;
    }

    String page() {
        StringBuilder page = new StringBuilder(HEAD).append(".SH VERBS\n");
        for (Map.Entry<String, CommandLine> each : commands.getSubcommands().entrySet()) {
            verb(page, each.getKey(), each.getValue().getCommandSpec());
        }
        page.append(".SH AGENT OPTIONS\nAfter \\-javaagent:reloader.jar= or attach, as \\-Dreloader.\\fIkey\\fR, as"
                + " RELOADER_\\fIKEY\\fR in the environment, or\nin the file that config names; the first of these that"
                + " names a key wins.\n");
        for (Option option : Option.values()) {
            page.append(".TP\n.BR ").append(escaped(option.key())).append(" =");
            if (!option.standard().isEmpty()) {
                page.append(' ').append(escaped(option.standard()));
            }
            page.append('\n')
                    .append(text(option.doc() + " (" + option.rule() + ")"))
                    .append('\n');
        }
        return page.append(TAIL).toString();
    }

    private static void verb(StringBuilder page, String name, CommandSpec spec) {
        String arguments =
                spec.positionalParameters().stream().map(Manual::argument).collect(Collectors.joining(" "));
        page.append(".SS ").append(escaped((name + " " + arguments).trim())).append('\n');
        page.append(text(String.join(" ", spec.usageMessage().description()))).append('\n');
        for (OptionSpec option : spec.options()) {
            String names =
                    String.join(", ", option.names()) + (option.arity().max() > 0 ? " " + option.paramLabel() : "");
            page.append(".TP\n.B ").append(escaped(names)).append('\n');
            page.append(text(described(option))).append('\n');
        }
    }

    private static String argument(PositionalParamSpec each) {
        return each.index().isVariable() ? "[" + each.paramLabel() + " ...]" : each.paramLabel();
    }

    private static String described(ArgSpec option) {
        return Arrays.stream(option.description()).collect(Collectors.joining(" "));
    }

    /** A line that begins with a dot or a quote would be a request. */
    private static String text(String line) {
        String escaped = escaped(line);
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }

    private static String escaped(String line) {
        return line.replace("\\", "\\e").replace("-", "\\-");
    }
}
