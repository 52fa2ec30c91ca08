// SPDX-License-Identifier: Apache-2.0
package io.reloader.supervise;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a service manager has told this process in its environment.
 *
 * @param socket where it listens
 * @param watchdogNanos how long it waits for a sign of life, 0 for ever
 * @param mainPid our process number where the manager follows another process, a wrapper's; otherwise 0
 */
public record Unit(String socket, long watchdogNanos, long mainPid) {

    /** Null in a process that no service manager listens to, and in a child of the JVM that speaks to it. */
    public static @Nullable Unit of(Map<String, String> environment) {
        return of(environment, childOfJvm());
    }

    static @Nullable Unit of(Map<String, String> environment, boolean childOfJvm) {
        String socket = environment.get("NOTIFY_SOCKET");
        if (socket == null || socket.isEmpty()) {
            return null;
        }
        long pid = ProcessHandle.current().pid();
        // The process that the manager has started; since systemd 248.
        long started = number(environment.get("SYSTEMD_EXEC_PID"), pid);
        if (started == pid) {
            return new Unit(socket, watchdog(environment, pid, pid), 0);
        }
        return childOfJvm ? null : new Unit(socket, watchdog(environment, pid, started), pid);
    }

    /** Whoever stands in for the process that the manager has started gives its signs of life too. */
    private static long watchdog(Map<String, String> environment, long pid, long started) {
        long asked = number(environment.get("WATCHDOG_PID"), pid);
        long micros = number(environment.get("WATCHDOG_USEC"), 0);
        return asked == pid || asked == started ? micros * 1000 : 0;
    }

    /** With JAVA_TOOL_OPTIONS the agent is in every tool that the application starts. */
    private static boolean childOfJvm() {
        try {
            long parent =
                    ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(0L);
            return Files.isSameFile(Path.of("/proc/" + parent + "/exe"), Path.of("/proc/self/exe"));
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    private static long number(@Nullable String text, long otherwise) {
        try {
            return text == null ? otherwise : Long.parseLong(text);
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }
}
