// SPDX-License-Identifier: Apache-2.0
package com.example.load;

import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Counts what the connections saw. */
final class Tally {
    private final long start = System.nanoTime();
    private final Latencies all = new Latencies();
    private final Map<String, Long> versions = new LinkedHashMap<>();
    private final Map<String, Long> reasons = new LinkedHashMap<>();
    private final BitSet orders = new BitSet();
    private Latencies recent = new Latencies();
    private long requestsBefore;
    private long secondsBefore;
    private String version = "none";
    private long accepted;
    private long failed;
    private long connects;

    synchronized void connected() {
        connects++;
    }

    synchronized void accepted(Answer answer, long nanos) {
        if (orders.get(answer.order())) {
            failed("repeated-id");
            return;
        }
        orders.set(answer.order());
        accepted++;
        all.add(nanos);
        recent.add(nanos);
        version = answer.pricing();
        versions.merge(version, 1L, Long::sum);
    }

    synchronized void failed(String reason) {
        failed++;
        reasons.merge(reason, 1L, Long::sum);
    }

    /** The line of one second: requests and failed since the start, the rest since the line before. */
    synchronized String line(long t) {
        long requests = accepted + failed;
        long rps = (requests - requestsBefore) / Math.max(1, t - secondsBefore);
        String line = String.format(
                Locale.ROOT,
                "t=%d requests=%d failed=%d rps=%d p99_ms=%.1f max_ms=%.1f pricing=%s",
                t,
                requests,
                failed,
                rps,
                recent.percentile(99),
                recent.max(),
                version);
        recent = new Latencies();
        requestsBefore = requests;
        secondsBefore = t;
        return line;
    }

    synchronized Summary summary() {
        return new Summary(
                (double) (System.nanoTime() - start) / TimeUnit.SECONDS.toNanos(1),
                accepted,
                failed,
                all.percentile(50),
                all.percentile(99),
                all.max(),
                Collections.unmodifiableMap(new LinkedHashMap<>(versions)),
                Collections.unmodifiableMap(new LinkedHashMap<>(reasons)),
                connects);
    }
}
