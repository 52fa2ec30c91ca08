// SPDX-License-Identifier: Apache-2.0
package io.reloader.os;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Whether a key on a terminal may interrupt this process. Read on the start-up path. */
public final class Terminal {
    // Fields of /proc/self/stat, counted from the one after the program's name, which may hold anything.
    private static final int GROUP = 2;
    private static final int TERMINAL = 4;
    private static final int FOREGROUND_GROUP = 5;

    private Terminal() {}

    /** It has a controlling terminal, and that one's foreground is this process's group. */
    public static boolean inForeground() {
        try (InputStream in = new FileInputStream("/proc/self/stat")) {
            return inForeground(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return false;
        }
    }

    static boolean inForeground(String stat) {
        int at = stat.lastIndexOf(')') + 2;
        String group = field(stat, at, GROUP);
        return !group.isEmpty()
                && !field(stat, at, TERMINAL).equals("0")
                && group.equals(field(stat, at, FOREGROUND_GROUP));
    }

    private static String field(String stat, int from, int number) {
        int start = from;
        for (int i = 0; i < number; i++) {
            start = stat.indexOf(' ', start) + 1;
        }
        int end = stat.indexOf(' ', start);
        return end < 0 ? "" : stat.substring(start, end);
    }
}
