// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A terminal with one program in it, by a tmux server of its own. */
final class Tmux implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/bin/tmux");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path socket;

    private Tmux(Path socket) {
        this.socket = socket;
    }

    static boolean possible() {
        return Files.isExecutable(PROGRAM);
    }

    /** The terminal stays after the program's end. */
    static Tmux run(Path folder, int columns, int rows, List<String> command) {
        Tmux tmux = new Tmux(folder.resolve("tmux"));
        String quoted =
                String.join(" ", command.stream().map(each -> "'" + each + "'").toList());
        tmux.tell(
                "new-session",
                "-d",
                "-x",
                "" + columns,
                "-y",
                "" + rows,
                "sh",
                "-c",
                quoted + "; echo exit=$?; exec cat");
        return tmux;
    }

    /** Waits until the screen holds what the pattern finds; returns the screen. */
    String await(String pattern) {
        Pattern wanted = Pattern.compile(pattern, Pattern.MULTILINE);
        Await.until(pattern, PATIENCE, () -> wanted.matcher(screen()).find(), this::screen);
        return screen();
    }

    String screen() {
        return tell("capture-pane", "-p");
    }

    /** The screen with its escape sequences. */
    String colours() {
        return tell("capture-pane", "-p", "-e");
    }

    void press(String key) {
        tell("send-keys", key);
    }

    void resize(int columns, int rows) {
        tell("resize-window", "-x", "" + columns, "-y", "" + rows);
    }

    private String tell(String... arguments) {
        List<String> command = new ArrayList<>(List.of(PROGRAM.toString(), "-S", socket.toString()));
        command.addAll(List.of(arguments));
        JvmProcess told = JvmProcess.run(command);
        return told.log();
    }

    @Override
    public void close() throws IOException {
        tell("kill-server");
        Files.deleteIfExists(socket);
    }
}
