// SPDX-License-Identifier: Apache-2.0
package io.reloader.cli;

import java.io.File;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One call at another JVM's attach channel, and what the agent there answers. */
final class Summons {
    /** Set by the agent in its JVM once it is armed: its version. */
    private static final String MARKER = "io.reloader.agent";

    private static final String ANSWER = "io.reloader.answer";

    private final File jar;
    private final String version;

    Summons(File jar, String version) {
        this.jar = jar;
        this.version = version;
    }

    /**
     * What came of it.
     *
     * @param before the version of the agent that was there, or null
     * @param after the version that is there now, or null
     * @param answer the agent's lines, each with its mark
     */
    record Outcome(@Nullable String before, @Nullable String after, List<String> answer) {
        boolean refused() {
            return answer.stream().anyMatch(line -> line.startsWith("! "));
        }
    }

    /** Without {@code wake} a JVM that has no agent gets none. */
    Outcome call(long pid, String arguments, boolean wake) throws Unfit {
        Target target = Target.of(pid);
        try (Attachment attachment = Attachment.to(target)) {
            String before = attachment.property(MARKER);
            if (before == null && !wake) {
                return new Outcome(null, null, List.of());
            }
            attachment.load(new Delivery(jar, version).in(target), arguments);
            String answer = attachment.property(ANSWER);
            return new Outcome(
                    before,
                    attachment.property(MARKER),
                    answer == null || answer.isEmpty() ? List.of() : List.of(answer.split("\n")));
        } catch (AttachRefused e) {
            throw new Unfit(ExitCode.FAILED, "process " + pid + " " + e.getMessage());
        }
    }
}
