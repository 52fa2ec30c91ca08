// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** How {@code reload} shows that it goes on: on a terminal, in a pipe, and to who wants no colours. */
class ProgressIT {

    @EachJdk
    void aTerminalHasABarForEachPoolUntilTheVerdict(Jdk jdk, @TempDir Path folder) throws Exception {
        String screen = reloadOnTerminal(jdk, folder, List.of());
        assertThat(screen).containsPattern("http +\\[\\x1b\\[32m#+\\x1b\\[(0|39)?m\\.+\\] 3/4");
    }

    @EachJdk
    void whoWantsNoColoursHasBarsWithoutThem(Jdk jdk, @TempDir Path folder) throws Exception {
        String screen = reloadOnTerminal(jdk, folder, List.of("env", "NO_COLOR=1"));
        assertThat(screen).containsPattern("http +\\[#+\\.+\\] 3/4").doesNotContain("\033[32m");
    }

    @EachJdk
    void aPipeGetsPlainLinesOnly(Jdk jdk) {
        try (JvmProcess app = WatchIT.start(jdk)) {
            app.tell("hold");
            app.await("holding in");
            try (JvmProcess reload = JvmProcess.start(command(jdk, app, List.of()))) {
                reload.await("reloader: - reload 1: 0 classes changed");
                app.tell("release");
                assertThat(reload.exitCode()).as(reload.log()).isZero();
                assertThat(reload.lines()).allMatch(line -> line.matches("reloader: [-+] \\P{Cntrl}*"));
            }
        }
    }

    /** The screen with its colours while a worker is waited for. */
    private static String reloadOnTerminal(Jdk jdk, Path folder, List<String> before) throws Exception {
        assumeTrue(Tmux.possible(), "tmux");
        try (JvmProcess app = WatchIT.start(jdk)) {
            app.tell("hold");
            app.await("holding in");
            try (Tmux terminal = Tmux.run(folder, 110, 20, command(jdk, app, before))) {
                terminal.await("^ +http +\\[#+\\.+\\] 3/4$");
                String coloured = terminal.colours();
                app.tell("release");
                String after = terminal.await("^reloader: - reload 1 done in [^\\n]*\\n(.*\\n)*?exit=0$");
                assertThat(after).doesNotContain("#]", ".]");
                return coloured;
            }
        }
    }

    private static List<String> command(Jdk jdk, JvmProcess app, List<String> before) {
        List<String> command = new ArrayList<>(before);
        command.addAll(
                List.of(jdk.java().toString(), "-jar", Java.AGENT.toString(), "reload", Long.toString(app.pid())));
        return command;
    }
}
