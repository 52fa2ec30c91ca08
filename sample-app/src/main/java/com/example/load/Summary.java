// SPDX-License-Identifier: Apache-2.0
package com.example.load;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What the load came to; versions and reasons are in the order of first sight. */
public record Summary(
        double seconds,
        long accepted,
        long failed,
        double p50,
        double p99,
        double max,
        Map<String, Long> versions,
        Map<String, Long> reasons,
        long connects) {

    public long requests() {
        return accepted + failed;
    }

    public String line() {
        return String.format(
                Locale.ROOT,
                "summary seconds=%.1f requests=%d accepted=%d failed=%d rps=%.0f p50_ms=%.1f p99_ms=%.1f max_ms=%.1f"
                        + " versions=%s reasons=%s connects=%d",
                seconds,
                requests(),
                accepted,
                failed,
                requests() / seconds,
                p50,
                p99,
                max,
                counts(versions),
                counts(reasons),
                connects);
    }

    private static String counts(Map<String, Long> counts) {
        return counts.isEmpty()
                ? "none"
                : counts.entrySet().stream()
                        .map(count -> count.getKey() + ":" + count.getValue())
                        .collect(Collectors.joining(","));
    }
}
