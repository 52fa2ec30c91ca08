// SPDX-License-Identifier: Apache-2.0
package io.reloader.cli;

import io.reloader.options.Option;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The command line's words as a shell function: verbs, options of each, the JVMs that may be meant, option keys after
 * attach. Written so that bash and zsh's imitation of it both run it.
 */
final class Completion {
    private static final String FUNCTION = """
            # Completion of reloader's command line. Made by: reloader completion %1$s
            _reloader_processes() {
              local each name
              for each in /proc/[0-9]*; do
                [ -O "$each" ] || [ "${EUID:-1}" = 0 ] || continue
                name=
                { read -r name <"$each/comm"; } 2>/dev/null
                [ "$name" != java ] || echo "${each##*/}"
              done
            }

            _reloader() {
              local word verb options valued words given at
              word=${COMP_WORDS[$COMP_CWORD]}
              verb=${COMP_WORDS[1]}
              valued='%2$s'
              COMPREPLY=()
              if [ "$COMP_CWORD" -eq 1 ]; then
                COMPREPLY=($(compgen -W '%3$s' -- "$word"))
                return
              fi
              case " $valued " in
                *" ${COMP_WORDS[$((COMP_CWORD - 1))]} "*) return ;;
              esac
              given=0
              at=2
              while [ "$at" -lt "$COMP_CWORD" ]; do
                case " $valued " in
                  *" ${COMP_WORDS[$at]} "*) at=$((at + 1)) ;;
                  *) case ${COMP_WORDS[$at]} in
                    -*) ;;
                    *) given=$((given + 1)) ;;
                  esac ;;
                esac
                at=$((at + 1))
              done
              options=
              words=
              case $verb in
            %4$s    *) return ;;
              esac
              case $word in
                -*) COMPREPLY=($(compgen -W "$options" -- "$word")) ;;
                *) if [ "$words" = PROCESS ]; then
                  COMPREPLY=($(compgen -W "$(_reloader_processes)" -- "$word") $(compgen -f -- "$word"))
                else
                  COMPREPLY=($(compgen -W "$words" -- "$word"))
                fi ;;
              esac
              case "${COMPREPLY[*]}" in
                *=) compopt -o nospace 2>/dev/null || : ;;
              esac
            }
            """;

    private final CommandLine commands;

    Completion(CommandLine commands) {
        this.commands = commands;
    }

    String bash() {
        return function("bash") + "complete -F _reloader reloader\n";
    }

    /** For a shell that has run compinit. */
    String zsh() {
        return "autoload -U +X bashcompinit && bashcompinit\n" + function("zsh") + "complete -F _reloader reloader\n";
    }

    private String function(String shell) {
        StringBuilder cases = new StringBuilder();
        commands.getSubcommands().forEach((verb, command) -> cases.append(branch(verb, command.getCommandSpec())));
        return FUNCTION.formatted(shell, valued(), verbs(), cases);
    }

    private static String branch(String verb, CommandSpec spec) {
        String options = spec.options().stream()
                .filter(option -> !option.hidden())
                .flatMap(Completion::names)
                .collect(Collectors.joining(" "));
        StringBuilder branch = new StringBuilder("    " + verb + ")\n      options='" + options + "'\n");
        List<PositionalParamSpec> positions = spec.positionalParameters();
        if (!positions.isEmpty()) {
            branch.append("      case $given in\n");
            for (PositionalParamSpec each : positions) {
                branch.append("        ")
                        .append(each.index().isVariable() ? "*" : each.index().min())
                        .append(") words='")
                        .append(words(each))
                        .append("' ;;\n");
            }
            branch.append("      esac\n");
        }
        return branch.append("      ;;\n").toString();
    }

    private static String words(PositionalParamSpec position) {
        List<String> words = new ArrayList<>();
        if (position.completionCandidates() != null) {
            position.completionCandidates().forEach(words::add);
        } else if (position.paramLabel().equals("OPTION")) {
            Arrays.stream(Option.values()).forEach(option -> words.add(option.key() + "="));
        } else {
            words.add(position.paramLabel());
        }
        return String.join(" ", words);
    }

    private String verbs() {
        Stream<String> own = commands.getCommandSpec().options().stream().flatMap(Completion::names);
        return Stream.concat(commands.getSubcommands().keySet().stream(), own).collect(Collectors.joining(" "));
    }

    /** The options that take a value. */
    private String valued() {
        return commands.getSubcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .map(CommandSpec::options)
                .flatMap(List::stream)
                .filter(option -> option.arity().max() > 0)
                .flatMap(Completion::names)
                .distinct()
                .collect(Collectors.joining(" "));
    }

    private static Stream<String> names(OptionSpec option) {
        return Arrays.stream(option.names());
    }
}
