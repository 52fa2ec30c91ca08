// SPDX-License-Identifier: Apache-2.0
package io.reloader.os;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * The signal sets of this process, bit {@code n - 1} for signal {@code n}. Read on the start-up path. Blocked is the
 * mask of the calling thread: the process's first one is no Java thread and lacks what HotSpot unblocks in the others.
 */
public record ProcessFacts(long blocked, long ignored, long caught) {

    public static ProcessFacts read() {
        try (InputStream status = new FileInputStream("/proc/thread-self/status")) {
            return parse(new String(status.readAllBytes(), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return new ProcessFacts(0, 0, 0);
        }
    }

    static ProcessFacts parse(String status) {
        return new ProcessFacts(set(status, "\nSigBlk:\t"), set(status, "\nSigIgn:\t"), set(status, "\nSigCgt:\t"));
    }

    public boolean blocks(int signal) {
        return has(blocked, signal);
    }

    public boolean ignores(int signal) {
        return has(ignored, signal);
    }

    public boolean catches(int signal) {
        return has(caught, signal);
    }

    private static boolean has(long set, int signal) {
        return signal > 0 && signal <= Long.SIZE && (set >>> (signal - 1) & 1) != 0;
    }

    private static long set(String status, String label) {
        int at = status.indexOf(label);
        if (at < 0) {
            return 0;
        }
        long bits = 0;
        for (int i = at + label.length(); i < status.length(); i++) {
            int digit = Character.digit(status.charAt(i), 16);
            if (digit < 0) {
                break;
            }
            bits = bits << 4 | digit;
        }
        return bits;
    }
}
