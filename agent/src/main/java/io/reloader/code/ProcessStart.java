// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When this process began. {@link ProcessHandle} tells it to the second only (it adds to {@code btime} of /proc/stat);
 * a jar that is deployed and started within that second would look as if it had been replaced since.
 */
final class ProcessStart {
    /** {@code sysconf(_SC_CLK_TCK)}: 100 on every Linux that a JVM runs on. */
    private static final int TICKS_PER_SECOND = 100;

    private static final int START_TIME = 22;

    private ProcessStart() {}

    static Instant instant() {
        Instant rough = ProcessHandle.current().info().startInstant().orElseGet(Instant::now);
        Instant precise = precise();
        // In a container whose /proc/uptime is its own the two clocks do not belong together.
        return precise != null && Duration.between(rough, precise).abs().toMillis() < 1500 ? precise : rough;
    }

    private static @Nullable Instant precise() {
        try {
            String stat = Files.readString(Path.of("/proc/self/stat"));
            // The command's name, in parentheses, may itself hold spaces and parentheses.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            long startedAt = Long.parseLong(fields[START_TIME - 3]) * (1000 / TICKS_PER_SECOND);
            String uptime = Files.readString(Path.of("/proc/uptime"));
            long upFor = (long) (Double.parseDouble(uptime.substring(0, uptime.indexOf(' '))) * 1000);
            return Instant.now().minusMillis(upFor - startedAt);
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }
}
