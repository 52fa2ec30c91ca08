// SPDX-License-Identifier: Apache-2.0
package io.reloader.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Which process an operator means by a number, a pid file or the name of an application. Never guesses. */
final class Processes {
    /** Of a number and a line's end; what is longer is no pid file. */
    private static final int LONGEST = 32;

    private final Applications applications;

    Processes() {
        this(new Applications(Path.of("/proc"), ProcessHandle.current().pid()));
    }

    Processes(Applications applications) {
        this.applications = applications;
    }

    long find(String wanted) throws Unfit {
        if (number(wanted)) {
            return pid(wanted, wanted);
        }
        if (wanted.contains("/") || Files.isRegularFile(Path.of(wanted))) {
            return inFile(Path.of(wanted));
        }
        return named(wanted);
    }

    private static long inFile(Path file) throws Unfit {
        String content;
        try {
            if (!Files.exists(file)) {
                throw new Unfit(ExitCode.NOT_RUNNING, "there is no pid file " + file);
            }
            content = Files.size(file) > LONGEST
                    ? ""
                    : Files.readString(file, StandardCharsets.ISO_8859_1).trim();
        } catch (IOException e) {
            throw new Unfit(ExitCode.FAILED, "pid file " + file + " cannot be read: " + e.getMessage());
        }
        if (!number(content)) {
            throw new Unfit(ExitCode.FAILED, file + " holds no process number; name a pid file");
        }
        return pid(content, content + " of pid file " + file);
    }

    private long named(String name) throws Unfit {
        List<Applications.Running> found = applications.named(name);
        if (found.isEmpty()) {
            throw new Unfit(
                    ExitCode.NOT_RUNNING,
                    "no JVM here runs " + name + "; name its main class, its jar, its pid file or its process number");
        }
        if (found.size() > 1) {
            String all = found.stream().map(Applications.Running::words).collect(Collectors.joining(", "));
            throw new Unfit(
                    ExitCode.USAGE, found.size() + " JVMs run " + name + ": " + all + "; name one by its number");
        }
        return found.get(0).pid();
    }

    private static boolean number(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static long pid(String digits, String words) throws Unfit {
        long pid = digits.length() > 10 ? 0 : Long.parseLong(digits);
        if (pid == 0 || !Files.isDirectory(Path.of("/proc/" + pid))) {
            throw new Unfit(ExitCode.NOT_RUNNING, "there is no process " + words);
        }
        return pid;
    }
}
