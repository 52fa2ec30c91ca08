// SPDX-License-Identifier: Apache-2.0
package io.reloader.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A JVM that may be attached to. Found out before the attach API is used, because that begins with SIGQUIT: it ends a
 * process that is no JVM, and a JVM that has not set its handlers up yet.
 *
 * @param inner its number in its own container
 * @param root its root directory, as we see it
 * @param apart whether it sees other files than we do under the same names: a container, or a private /tmp
 */
record Target(long pid, long inner, Path root, boolean apart) {
    private static final int SIGQUIT = 3;
    private static final Path SELF = Path.of("/proc/self");

    static Target of(long pid) throws Unfit {
        Path proc = Path.of("/proc/" + pid);
        try {
            if (!hasJvm(proc)) {
                throw failed(pid, "is not a JVM (it maps no libjvm.so)");
            }
            List<String> status = Files.readAllLines(proc.resolve("status"));
            if (!catchesQuit(status)) {
                throw failed(
                        pid,
                        "is a JVM that does not listen for attach (still starting, or -Xrs); try again, or start it"
                                + " with -javaagent:reloader.jar");
            }
            refuseClosed(pid, proc);
            boolean apart = !namespace(proc).equals(namespace(SELF));
            return new Target(pid, inner(status, pid), apart ? proc.resolve("root") : Path.of("/"), apart);
        } catch (IOException e) {
            throw unreadable(pid, proc, e);
        }
    }

    private static boolean hasJvm(Path proc) throws IOException {
        try (var maps = Files.lines(proc.resolve("maps"), StandardCharsets.ISO_8859_1)) {
            // Deleted: the JDK was upgraded under the process.
            return maps.anyMatch(line -> line.endsWith("/libjvm.so") || line.endsWith("/libjvm.so (deleted)"));
        }
    }

    private static boolean catchesQuit(List<String> status) {
        String mask = value(status, "SigCgt:");
        return mask != null && (Long.parseUnsignedLong(mask, 16) & 1L << (SIGQUIT - 1)) != 0;
    }

    /** A JVM that was told to let nobody in answers SIGQUIT with a thread dump in its output. */
    private static void refuseClosed(long pid, Path proc) throws IOException, Unfit {
        String line = Files.readString(proc.resolve("cmdline"), StandardCharsets.ISO_8859_1);
        List<String> arguments = Arrays.asList(line.split("\0"));
        if (last(arguments, "DisableAttachMechanism") == '+') {
            throw failed(
                    pid,
                    "runs with -XX:+DisableAttachMechanism and lets nobody in; start it without that, or with"
                            + " -javaagent:reloader.jar");
        }
        if (last(arguments, "EnableDynamicAgentLoading") == '-') {
            throw failed(
                    pid,
                    "runs with -XX:-EnableDynamicAgentLoading; start it without that, or with -javaagent:reloader.jar");
        }
    }

    /** The sign of the last flag of this name; a space if there is none. */
    private static char last(List<String> arguments, String flag) {
        int on = arguments.lastIndexOf("-XX:+" + flag);
        int off = arguments.lastIndexOf("-XX:-" + flag);
        return on == off ? ' ' : on > off ? '+' : '-';
    }

    private static long inner(List<String> status, long pid) {
        String all = value(status, "NSpid:");
        return all == null ? pid : Long.parseLong(all.substring(all.lastIndexOf('\t') + 1));
    }

    private static @Nullable String value(List<String> status, String key) {
        for (String line : status) {
            if (line.startsWith(key)) {
                return line.substring(key.length()).trim();
            }
        }
        return null;
    }

    private static Path namespace(Path proc) throws IOException {
        return Files.readSymbolicLink(proc.resolve("ns/mnt"));
    }

    private static Unfit unreadable(long pid, Path proc, IOException e) {
        if (!Files.isDirectory(proc)) {
            return new Unfit(ExitCode.NOT_RUNNING, "there is no process " + pid);
        }
        if (!(e instanceof AccessDeniedException)) {
            return failed(pid, "cannot be looked at: " + e.getMessage());
        }
        try {
            String owner = Files.getOwner(proc).getName();
            return failed(
                    pid,
                    "belongs to user " + owner + "; run this as "
                            + (owner.equals("root") ? owner : owner + " or as root"));
        } catch (IOException unknown) {
            return failed(pid, "belongs to another user; run this as that user or as root");
        }
    }

    private static Unfit failed(long pid, String why) {
        return new Unfit(ExitCode.FAILED, "process " + pid + " " + why);
    }
}
