// SPDX-License-Identifier: Apache-2.0
package io.reloader.os;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One descriptor's place in an epoll instance of this process, as /proc/self/fdinfo tells it.
 *
 * @param epoll the instance's descriptor
 */
record Polled(int epoll, int descriptor, int events, long data) {
    private static final int EPOLL_CTL_ADD = 1;
    private static final String TARGET = "tfd:";

    /** Where this descriptor is polled. */
    static List<Polled> of(int descriptor, int[] descriptors) {
        List<Polled> found = new ArrayList<>();
        for (int each : descriptors) {
            if (isEpoll(each)) {
                addFrom(each, descriptor, found);
            }
        }
        return found;
    }

    /** Puts what is under the descriptor now in the place of what was. */
    void restore(NativeCalls calls) throws NativeUnavailable {
        // struct epoll_event is packed on x86-64 alone.
        int dataAt = Architecture.current() == Architecture.X86_64 ? 4 : 8;
        long event = calls.allocate(16);
        calls.putLong(event, Integer.toUnsignedLong(events));
        calls.putLong(event + dataAt, data);
        calls.checked("epoll_ctl", epoll, EPOLL_CTL_ADD, descriptor, event);
    }

    private static boolean isEpoll(int descriptor) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString()
                    .equals("anon_inode:[eventpoll]");
        } catch (IOException e) {
            return false;
        }
    }

    private static void addFrom(int epoll, int descriptor, List<Polled> found) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/fdinfo/" + epoll), StandardCharsets.ISO_8859_1)) {
                Polled polled = parse(epoll, line);
                if (polled != null && polled.descriptor == descriptor) {
                    found.add(polled);
                }
            }
        } catch (IOException e) {
            // Closed meanwhile.
            return;
        }
    }

    /** Such as {@code tfd:       12 events:       19 data:                c  pos:0 ino:5f sdev:8}. */
    static @Nullable Polled parse(int epoll, String line) {
        String[] words = line.trim().split("\\s+", -1);
        if (words.length < 6 || !words[0].equals(TARGET)) {
            return null;
        }
        try {
            return new Polled(
                    epoll,
                    Integer.parseInt(words[1]),
                    Integer.parseUnsignedInt(words[3], 16),
                    Long.parseUnsignedLong(words[5], 16));
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
