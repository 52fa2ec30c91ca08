// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.reloader.it.app.PoolApp;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** {@code watch}, as an operator sees it on a terminal and in a pipe. */
class WatchIT {

    @EachJdk
    void aTerminalShowsWorkersAndReloadsAsTheyGo(Jdk jdk, @TempDir Path folder) throws Exception {
        assumeTrue(Tmux.possible(), "tmux");
        try (JvmProcess app = start(jdk);
                Tmux terminal = Tmux.run(folder, 110, 30, watch(jdk, app, "--interval", "100ms"))) {
            terminal.await("^reloader \\S+ {2}process " + app.pid() + " .* generation 0 .*\\d\\d:\\d\\d:\\d\\d$");
            assertThat(terminal.screen())
                    .containsPattern("(?m)^idle$")
                    .containsPattern("(?m)^http +worker +0/4 +----$")
                    .containsPattern("(?m)^jobs +task +0/2 +--$");

            app.tell("hold");
            terminal.await("^http +worker +1/4 +[-#]{4}$");
            terminal.await("^ {2}http-\\d .* io.reloader.it.app.PoolApp.hold\\(");
            app.signal("USR1");
            String rolling = terminal.await("^rolling: reload workers 1, .*, 3/4 workers$");
            assertThat(rolling).containsPattern("(?m)^http +worker +1/4 {2}new 3/4 +[-!]{4}$");
            terminal.resize(80, 20);
            app.tell("release");
            terminal.await("^ {2}reload 1 done in .*\\.\\.\\.$");
            terminal.await("^http +worker +0/4 +----$");

            app.tell("quit");
            terminal.await(
                    "^reloader: - watch: process " + app.pid() + " has ended, or reloader has left it\\nexit=0$");
        }
    }

    @EachJdk
    void ctrlCGivesTheTerminalBack(Jdk jdk, @TempDir Path folder) throws Exception {
        assumeTrue(Tmux.possible(), "tmux");
        try (JvmProcess app = start(jdk);
                Tmux terminal = Tmux.run(folder, 110, 30, watch(jdk, app))) {
            terminal.await("^http +worker");
            terminal.press("C-c");
            Await.until(
                    "the screen as it was before",
                    JvmProcess.PATIENCE,
                    () -> !terminal.screen().contains("worker"),
                    terminal::screen);
        }
    }

    @EachJdk
    void aStoppedProcessIsWaitedFor(Jdk jdk, @TempDir Path folder) throws Exception {
        assumeTrue(Tmux.possible(), "tmux");
        try (JvmProcess app = start(jdk);
                Tmux terminal = Tmux.run(folder, 140, 30, watch(jdk, app, "--interval", "100ms"))) {
            terminal.await("^http +worker");
            app.signal("STOP");
            terminal.await("^process " + app.pid() + " has not answered within 2 s; it is stopped: .* kill -CONT");
            app.signal("CONT");
            terminal.await("^reloader \\S+ {2}process " + app.pid());
        }
    }

    @EachJdk
    void aPipeGetsPicturesWithoutEscapes(Jdk jdk) {
        try (JvmProcess app = start(jdk)) {
            JvmProcess watch =
                    Java.reloader(jdk, "watch", Long.toString(app.pid()), "--interval", "10ms", "--count", "3");
            assertThat(watch.exitCode()).as(watch.log()).isZero();
            assertThat(watch.log()).doesNotContain("\033");
            assertThat(watch.lines().stream().filter(line -> line.startsWith("http ")))
                    .hasSize(3);
        }
    }

    /** A program with pools of both roles, once the agent is armed. */
    static JvmProcess start(Jdk jdk) {
        JvmProcess app = Java.on(jdk)
                .agent("workers=http,tasks=jobs")
                .classPath(Java.TEST_CLASSES)
                .main(PoolApp.class)
                .start();
        app.await("ready");
        app.await("reloader: \\* armed");
        return app;
    }

    private static List<String> watch(Jdk jdk, JvmProcess app, String... options) {
        List<String> command = new ArrayList<>(
                List.of(jdk.java().toString(), "-jar", Java.AGENT.toString(), "watch", Long.toString(app.pid())));
        command.addAll(List.of(options));
        return command;
    }
}
