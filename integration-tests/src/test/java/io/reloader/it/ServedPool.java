// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import java.util.EnumSet;
import java.util.Set;

/**
 * Threads of a server, and how many of them outlive a reload.
 *
 * @param threads what their names match
 * @param size how many there are, always
 * @param leastKept how many of them outlive a reload at least
 * @param mostKept how many of them outlive a reload at most
 * @param tasks whether it is the reload of the task pools that renews them
 */
record ServedPool(String threads, int size, int leastKept, int mostKept, boolean tasks) {
    static final int ANY_SIZE = 1_000;

    /** The kinds of pools that reloader renews. */
    enum Kind {
        JUC,
        TOMCAT,
        JETTY,
        ENHANCED_QUEUE,
        FORK_JOIN,
        NETTY42,
        /** The executors of the JDK that only evidence tells from worker pools. */
        TASKS_BY_EVIDENCE
    }

    /** Until a kind is here, its pools are held only to serving on. */
    private static final Set<Kind> ROLLED = EnumSet.allOf(Kind.class);

    static ServedPool renewed(Kind kind, String threads, int size) {
        return renewedBut(0, kind, threads, size);
    }

    static ServedPool renewedBut(int kept, Kind kind, String threads, int size) {
        return new ServedPool(threads, size, 0, ROLLED.contains(kind) ? kept : size, false);
    }

    static ServedPool pinned(String threads, int size) {
        return new ServedPool(threads, size, size, size, false);
    }

    ServedPool byTasks() {
        return new ServedPool(threads, size, leastKept, mostKept, true);
    }

    boolean sized() {
        return size != ANY_SIZE;
    }

    boolean renewed() {
        return mostKept == 0;
    }
}
