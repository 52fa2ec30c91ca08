// SPDX-License-Identifier: Apache-2.0
package io.reloader.cli;

import io.reloader.cli.Conversation.Late;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A verb that the agent in the process answers. */
abstract class Asking extends Verb {
    private static final String VERDICT = "verdict: ";

    /**
     * The last line of an answer.
     *
     * @param word done, partial, refused, failed, declined, superseded or usage
     * @param text what else there is to say, maybe nothing
     */
    record Ending(String word, String text) {
        int code() {
            return switch (word) {
                case "done" -> ExitCode.DONE;
                case "partial" -> ExitCode.UNFINISHED;
                case "usage" -> ExitCode.USAGE;
                default -> ExitCode.FAILED;
            };
        }
    }

    /** Takes each line before the last. */
    interface Lines {
        void line(String line);
    }

    /** The ending; null if the process has ended without one. */
    @Nullable
    Ending ask(long pid, String request, Duration timeout, Lines lines) throws Unfit {
        Path socket = SocketFinder.find(pid);
        try (Conversation conversation = Conversation.begin(socket, request, timeout.toNanos())) {
            for (String line = conversation.next(); line != null; line = conversation.next()) {
                if (line.startsWith(VERDICT)) {
                    return ending(line.substring(VERDICT.length()));
                }
                lines.line(line);
            }
            return null;
        } catch (Late e) {
            throw new Unfit(ExitCode.UNFINISHED, late(pid, timeout));
        } catch (IOException e) {
            if (!Files.isDirectory(Path.of("/proc/" + pid))) {
                return null;
            }
            throw new Unfit(ExitCode.FAILED, "process " + pid + " does not answer: " + e.getMessage());
        }
    }

    private static Ending ending(String text) {
        int colon = text.indexOf(": ");
        return colon < 0 ? new Ending(text, "") : new Ending(text.substring(0, colon), text.substring(colon + 2));
    }

    private static String late(long pid, Duration timeout) {
        String time = timeout.toMillis() % 1000 == 0 ? timeout.toSeconds() + " s" : timeout.toMillis() + " ms";
        return "process " + pid + " has not answered within " + time
                + (stopped(pid)
                        ? "; it is stopped: continue it with kill -CONT " + pid
                        : "; what was asked for goes on there; see status");
    }

    private static boolean stopped(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/status"), StandardCharsets.ISO_8859_1)
                    .contains("\nState:\tT");
        } catch (IOException e) {
            return false;
        }
    }

    static Unfit gone(long pid) {
        return new Unfit(ExitCode.FAILED, "process " + pid + " has ended meanwhile");
    }
}
