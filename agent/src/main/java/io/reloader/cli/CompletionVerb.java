// SPDX-License-Identifier: Apache-2.0
package io.reloader.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what makes a shell complete the words of this command line. */
@Command(name = "completion", description = "Prints completion for a shell, as in: source <(reloader completion bash).")
final class CompletionVerb implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli before call().
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "SHELL", description = "One of ${COMPLETION-CANDIDATES}.")
    @SuppressWarnings("NullAway.Init") // As above.
    private Shell shell;

    /** In the words of the command line. */
    enum Shell {
        bash,
        zsh
    }

    @Override
    public Integer call() {
        Completion completion = new Completion(spec.root().commandLine());
        spec.commandLine().getOut().print(shell == Shell.zsh ? completion.zsh() : completion.bash());
        spec.commandLine().getOut().flush();
        return ExitCode.DONE;
    }
}
