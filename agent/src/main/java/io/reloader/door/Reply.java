// SPDX-License-Identifier: Apache-2.0
package io.reloader.door;

import io.reloader.control.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** What one client is to be told: filled by any thread, which never waits for the client; sent by the socket's thread. */
final class Reply {
    /** Begins the last line. */
    static final String VERDICT = "verdict: ";
    /** The word of a verdict on a line that is none of ours. */
    static final String USAGE = "usage";

    private static final int MOST_BYTES = 1 << 20;

    private final Runnable wake;

    // Under this.
    private final Queue<byte[]> waiting = new ArrayDeque<>();
    private int bytes;
    private int lost;
    private boolean ended;

    /** Socket's thread only: what it does ten times a second until the end. */
    private @Nullable Runnable pulse;

    /** Socket's thread only: what it does once nobody will hear the end. */
    private Runnable left = () -> {};

    /** Socket's thread only. For how long the answer may take, in nanoseconds. */
    private long limit = Long.MAX_VALUE;

    /** {@code wake}: has the socket's thread look; called by any thread. */
    Reply(Runnable wake) {
        this.wake = wake;
    }

    void line(String line) {
        synchronized (this) {
            if (ended) {
                return;
            }
            if (bytes > MOST_BYTES) {
                lost++;
                return;
            }
            add(line);
        }
        wake.run();
    }

    void end(Outcome outcome, String text) {
        end(outcome.name().toLowerCase(Locale.ROOT), text);
    }

    /** The last line; what comes later is not sent. */
    void end(String word, String text) {
        synchronized (this) {
            if (ended) {
                return;
            }
            if (lost > 0) {
                add("reloader: ! " + lost + " lines were left out: they were not read in time");
            }
            add(VERDICT + word + (text.isEmpty() ? "" : ": " + text));
            ended = true;
        }
        wake.run();
    }

    private void add(String line) {
        byte[] encoded = (single(line) + "\n").getBytes(StandardCharsets.UTF_8);
        bytes += encoded.length;
        waiting.add(encoded);
    }

    /** A name may hold a line break, or what a terminal obeys. */
    private static String single(String line) {
        StringBuilder plain = new StringBuilder(line.length());
        for (int i = 0; i < line.length(); i++) {
            plain.append(Character.isISOControl(line.charAt(i)) ? ' ' : line.charAt(i));
        }
        return plain.toString();
    }

    synchronized byte @Nullable [] next() {
        byte[] line = waiting.poll();
        bytes -= line == null ? 0 : line.length;
        return line;
    }

    synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }

    synchronized boolean ended() {
        return ended;
    }

    void within(long nanos) {
        limit = nanos;
    }

    long limit() {
        return limit;
    }

    void onPulse(Runnable action) {
        pulse = action;
    }

    boolean pulses() {
        return pulse != null && !ended();
    }

    void pulse() {
        Runnable action = pulse;
        if (action != null && !ended()) {
            action.run();
        }
    }

    void onLeave(Runnable action) {
        left = action;
    }

    void leave() {
        left.run();
    }
}
