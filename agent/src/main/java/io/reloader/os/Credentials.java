// SPDX-License-Identifier: Apache-2.0
package io.reloader.os;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Who a process is. Asked of its status file: the owner of its directory in /proc is root's where it may not be traced.
 *
 * @param uid its effective user
 * @param innerPid its number in its own pid namespace
 */
public record Credentials(int uid, long innerPid) {
    private static final int EFFECTIVE = 1;

    public static Credentials own() throws IOException {
        return of(Path.of("/proc/self"));
    }

    public static Credentials of(long pid) throws IOException {
        return of(Path.of("/proc/" + pid));
    }

    private static Credentials of(Path process) throws IOException {
        return parse(Files.readString(process.resolve("status"), StandardCharsets.ISO_8859_1));
    }

    static Credentials parse(String status) throws IOException {
        String[] uids = fields(status, "\nUid:\t");
        String[] pids = fields(status, status.contains("\nNSpid:\t") ? "\nNSpid:\t" : "\nPid:\t");
        if (uids.length <= EFFECTIVE) {
            throw new IOException("there is no effective user in the status of the process");
        }
        try {
            // Parsed as long: 4294967294 is a user, too.
            return new Credentials((int) Long.parseLong(uids[EFFECTIVE]), Long.parseLong(pids[pids.length - 1]));
        } catch (NumberFormatException e) {
            throw new IOException("there is no number of a user, or of a process, in the status of the process", e);
        }
    }

    private static String[] fields(String status, String label) throws IOException {
        int at = status.indexOf(label);
        if (at < 0) {
            throw new IOException("there is no " + label.trim() + " in the status of the process");
        }
        int start = at + label.length();
        int end = status.indexOf('\n', start);
        return status.substring(start, end < 0 ? status.length() : end).trim().split("\\s+", -1);
    }
}
