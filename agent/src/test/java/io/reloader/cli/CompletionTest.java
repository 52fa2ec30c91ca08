// SPDX-License-Identifier: Apache-2.0
package io.reloader.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What a real shell completes, told by the function that it was given. */
class CompletionTest {
    private static final String ASKED = """
            COMP_WORDS=(reloader %s)
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _reloader
            # As zsh does afterwards.
            for each in "${COMPREPLY[@]}"; do
              case $each in "${COMP_WORDS[$COMP_CWORD]}"*) echo "$each" ;; esac
            done
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh"})
    void aShellCompletesVerbsOptionsProcessesAndKeys(String shell) throws Exception {
        assumeTrue(there(shell), shell);
        String pid = Long.toString(ProcessHandle.current().pid());
        assertThat(asked(shell, "ro")).containsExactly("rollback");
        assertThat(asked(shell, "st")).containsExactly("status", "stop");
        assertThat(asked(shell, "status --")).containsExactlyInAnyOrder("--json", "--timeout");
        assertThat(asked(shell, "reload --t")).containsExactlyInAnyOrder("--tasks", "--timeout");
        assertThat(asked(shell, "reload --timeout 5s " + pid)).containsExactly(pid);
        assertThat(asked(shell, "reload --timeout ''")).isEmpty();
        assertThat(asked(shell, "status 1234 ''")).isEmpty();
        assertThat(asked(shell, "attach 1234 term-d")).containsExactly("term-delay=", "term-deadline=");
        assertThat(asked(shell, "attach 1234 mercy=5s can")).containsExactly("canary=");
        assertThat(asked(shell, "completion ''")).containsExactly("bash", "zsh");
        assertThat(asked(shell, "options -")).isEmpty();
        assertThat(asked(shell, "absent ''")).isEmpty();
        // Without a line to complete zsh has no files to offer.
        if (shell.equals("bash")) {
            Files.createFile(folder.resolve("app.pid"));
            assertThat(asked(shell, "stop " + folder + "/app")).containsExactly(folder + "/app.pid");
        }
    }

    private List<String> asked(String shell, String line) throws Exception {
        StringWriter printed = new StringWriter();
        CommandLine commands = new Cli(new File("reloader.jar"), "1.0").commands();
        assertThat(commands.setOut(new PrintWriter(printed)).execute("completion", shell))
                .isZero();
        // A shell that is asked without a terminal has no compinit.
        String zsh = shell.equals("zsh") ? "compdef() { :; }\nsetopt ksharrays\n" : "";
        Path script = Files.writeString(folder.resolve("asked"), zsh + printed + ASKED.formatted(line));
        Process process = new ProcessBuilder(shell, script.toString())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said.lines().toList();
    }

    private static boolean there(String shell) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(each -> Files.isExecutable(Path.of(each, shell)));
    }
}
