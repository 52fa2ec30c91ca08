// SPDX-License-Identifier: Apache-2.0
package com.example.load;

/** Counts latencies in buckets whose width grows with the value, so that a percentile is right to about 3 %. */
final class Latencies {
    private static final int STEPS = 32;

    private final long[] buckets = new long[Long.SIZE * STEPS];
    private long count;
    private long max;

    void add(long nanos) {
        long value = Math.max(0, nanos);
        buckets[bucket(value)]++;
        count++;
        max = Math.max(max, value);
    }

    /** The latency that so many percent of the requests did not exceed, in milliseconds; 0 when there were none. */
    double percentile(double percent) {
        long wanted = (long) Math.ceil(count * percent / 100);
        long seen = 0;
        for (int bucket = 0; bucket < buckets.length && count > 0; bucket++) {
            seen += buckets[bucket];
            if (seen >= wanted) {
                return millis(Math.min(highest(bucket), max));
            }
        }
        return 0;
    }

    double max() {
        return millis(max);
    }

    private static double millis(long nanos) {
        return nanos / 1e6;
    }

    private static int bucket(long value) {
        if (value < 2 * STEPS) {
            return (int) value;
        }
        int shift = Long.SIZE - Long.numberOfLeadingZeros(value) - Integer.numberOfTrailingZeros(2 * STEPS);
        return shift * STEPS + (int) (value >>> shift);
    }

    private static long highest(int bucket) {
        if (bucket < 2 * STEPS) {
            return bucket;
        }
        int shift = bucket / STEPS - 1;
        long step = bucket - (long) shift * STEPS;
        return ((step + 1) << shift) - 1;
    }
}
