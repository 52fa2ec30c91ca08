// SPDX-License-Identifier: Apache-2.0
package com.example.answers;

import com.example.greeting.Greeting;
import java.util.concurrent.atomic.AtomicInteger;

/** What a server answers to GET /hello and GET /slow?ms=N, on the thread that serves the request. */
public final class Answers {
    private static final long SLOW_MILLIS = 1_000;
    private static final AtomicInteger SLOW = new AtomicInteger();

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

    /** How many slow ones are in flight. */
    static int slow() {
        return SLOW.get();
    }

    private static boolean slept(long millis) {
        int slow = millis < SLOW_MILLIS ? 0 : 1;
        SLOW.addAndGet(slow);
        try {
            Thread.sleep(millis);
            return true;
        } catch (InterruptedException e) {
            return false;
        } finally {
            SLOW.addAndGet(-slow);
        }
    }

    /** Thread.threadId came with JDK 19. */
    @SuppressWarnings({"deprecation", "removal"})
    private static long id(Thread thread) {
        return thread.getId();
    }
}
