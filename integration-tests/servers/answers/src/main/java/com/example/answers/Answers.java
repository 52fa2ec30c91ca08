// SPDX-License-Identifier: Apache-2.0
package com.example.answers;

import com.example.greeting.Greeting;

/** What a server answers to GET /hello and GET /slow?ms=N, on the thread that serves the request. */
public final class Answers {
    private Answers() {}

    /** The body for a path and query such as {@code /slow?ms=3}. */
    public static String to(String path) {
        boolean interrupted = Thread.interrupted();
        int version = Greeting.version();
        int at = path.indexOf("ms=");
        if (at >= 0) {
            interrupted |= !slept(Long.parseLong(path.substring(at + 3)));
        }
        Thread me = Thread.currentThread();
        return "version=" + version + " interrupted=" + interrupted + " id=" + id(me) + " name=" + me.getName() + "\n";
    }

    private static boolean slept(long millis) {
        try {
            Thread.sleep(millis);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** Thread.threadId came with JDK 19. */
    @SuppressWarnings({"deprecation", "removal"})
    private static long id(Thread thread) {
        return thread.getId();
    }
}
