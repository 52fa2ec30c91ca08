// SPDX-License-Identifier: Apache-2.0
package io.reloader.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a process may be attached to. Asked before the attach API is, because that begins with SIGQUIT: it ends a
 * process that is no JVM, and a JVM that has not set its handlers up yet.
 *
 * @param missing there is no such process
 * @param fault why not, one line, or null
 */
record Target(boolean missing, @Nullable String fault) {
    private static final int SIGQUIT = 3;

    static Target of(long pid) {
        Path proc = Path.of("/proc/" + pid);
        if (!Files.isDirectory(proc)) {
            return new Target(true, "attach: there is no process " + pid);
        }
        try {
            if (!hasJvm(proc)) {
                return new Target(false, "attach: process " + pid + " is not a JVM (it maps no libjvm.so)");
            }
            if (!catchesQuit(proc)) {
                return new Target(
                        false,
                        "attach: process " + pid + " is a JVM that does not listen for attach"
                                + " (still starting, or -Xrs); try again, or start it with -javaagent:reloader.jar");
            }
            return new Target(false, null);
        } catch (IOException e) {
            return new Target(
                    !Files.isDirectory(proc),
                    "attach: process " + pid + " cannot be looked at (" + e.getMessage()
                            + "); attach as the user it belongs to");
        }
    }

    private static boolean hasJvm(Path proc) throws IOException {
        try (var maps = Files.lines(proc.resolve("maps"), StandardCharsets.ISO_8859_1)) {
            // Deleted: the JDK was upgraded under the process.
            return maps.anyMatch(line -> line.endsWith("/libjvm.so") || line.endsWith("/libjvm.so (deleted)"));
        }
    }

    private static boolean catchesQuit(Path proc) throws IOException {
        List<String> status = Files.readAllLines(proc.resolve("status"));
        for (String line : status) {
            if (line.startsWith("SigCgt:")) {
                long mask = Long.parseUnsignedLong(
                        line.substring("SigCgt:".length()).trim(), 16);
                return (mask & 1L << (SIGQUIT - 1)) != 0;
            }
        }
        return false;
    }
}
