// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.concurrent.ReloaderVersions;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** How threads that keep on running come to the new code. Asked on the control thread. */
@FunctionalInterface
public interface Turns {

    /** Null if the thread runs the new code already. */
    ReloaderVersions.@Nullable Turn of(Thread thread);

    /**
     * Has a thread that is seen at rest run the new code from here on, unless it has run old code since just before it was
     * looked at: then it has begun a unit of work. Whether it runs the new code now.
     */
    default boolean turned(Thread thread, Predicate<Thread> rests) {
        ReloaderVersions.Turn turn = of(thread);
        long count = turn == null ? 0 : turn.get();
        return rests.test(thread) && (turn == null || turn.turn(count));
    }
}
