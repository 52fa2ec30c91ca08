// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import io.reloader.it.app.DaemonApp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A daemon, and the shell that it was started from. */
final class Daemonized implements AutoCloseable {
    final JvmProcess shell;
    final Path log;
    final Path pidFile;

    /** @param shell writes {@code d.log} and {@code d.pid} in the folder */
    Daemonized(JvmProcess shell, Path folder) {
        this.shell = shell;
        this.log = folder.resolve("d.log");
        this.pidFile = folder.resolve("d.pid");
    }

    /** @param options after those that every daemon here has, with a comma in front */
    static Daemonized start(Java java, Path folder, String options, String... arguments) {
        return new Daemonized(app(java, folder, options, arguments).start(), folder);
    }

    /** The command of {@link #start}. */
    static Java app(Java java, Path folder, String options, String... arguments) {
        return java.agent(options(folder) + options)
                .in(folder)
                .classPath(Java.TEST_CLASSES)
                .main(DaemonApp.class, arguments);
    }

    static String options(Path folder) {
        return "daemonize=true,log=" + folder.resolve("d.log") + ",pidfile=" + folder.resolve("d.pid");
    }

    /** Waits until the shell has its prompt back, and for the daemon to be up. */
    Daemonized up() {
        int status = shell.exitCode();
        if (status != 0) {
            throw new AssertionError("the shell got " + status + "\n" + shell.log() + "\n" + evidence());
        }
        return this;
    }

    long pid() {
        return handle().orElseThrow(() -> new AssertionError("no daemon\n" + shell.log() + evidence()))
                .pid();
    }

    /** The process that the pid file names. */
    Optional<ProcessHandle> handle() {
        try {
            String pid = Files.exists(pidFile) ? Files.readString(pidFile).trim() : "";
            return pid.isEmpty() ? Optional.empty() : ProcessHandle.of(Long.parseLong(pid));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path proc(String file) {
        return Path.of("/proc", Long.toString(pid()), file);
    }

    /** What follows a label in its /proc/PID/status. */
    String status(String label) {
        try {
            for (String line : Files.readAllLines(proc("status"))) {
                if (line.startsWith(label + ":\t")) {
                    return line.substring(label.length() + 2).trim();
                }
            }
            throw new AssertionError("no " + label);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The fields of its /proc/PID/stat that follow the program's name: state, parent, group, session, terminal. */
    String[] stat() {
        try {
            return Files.readString(proc("stat"))
                    .replaceFirst("(?s)^.*\\) ", "")
                    .split(" ", -1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void awaitLog(String text) {
        Await.until(
                "\"" + text + "\" in the log",
                JvmProcess.PATIENCE,
                () -> logged(log).contains(text),
                this::evidence);
    }

    static String logged(Path log) {
        try {
            return Files.exists(log) ? new String(Files.readAllBytes(log), StandardCharsets.UTF_8) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String evidence() {
        return "--- " + log + "\n" + logged(log) + "---";
    }

    void signal(String name) {
        JvmProcess.run(List.of("/bin/kill", "-" + name, Long.toString(pid())));
    }

    /** Ends it by TERM and waits for its end. */
    void stop() {
        ProcessHandle handle = handle().orElseThrow();
        handle.destroy();
        awaitEnd(handle);
    }

    void kill() {
        ProcessHandle handle = handle().orElseThrow();
        handle.destroyForcibly();
        awaitEnd(handle);
    }

    void awaitEnd(ProcessHandle handle) {
        Await.until("the daemon's end", JvmProcess.PATIENCE, () -> !handle.isAlive(), this::evidence);
    }

    @Override
    public void close() {
        handle().ifPresent(ProcessHandle::destroyForcibly);
        shell.close();
    }
}
