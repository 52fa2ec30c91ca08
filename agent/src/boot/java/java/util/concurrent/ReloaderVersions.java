// SPDX-License-Identifier: Apache-2.0
package java.util.concurrent;

import java.util.concurrent.atomic.AtomicLong;
import jdk.internal.misc.Unsafe;

/**
 * Which of its two bodies a method runs while a reload rolls: the one that the thread began with. Asked by the
 * application's methods on its threads; written by the agent.
 */
public final class ReloaderVersions {
    private static final Unsafe UNSAFE = Unsafe.getUnsafe();

    /** A field, as an application may override {@link Thread#getId} before JDK 19. */
    private static final long ID = UNSAFE.objectFieldOffset(Thread.class, "tid");

    /** Every thread runs the new code. */
    public static final Frontier NONE = new Frontier(Long.MIN_VALUE, false, new long[0], new Turn[0]);

    /** Volatile: a thread that is handed work must see at least what the thread saw that handed it over. */
    private static volatile Frontier frontier = NONE;

    private ReloaderVersions() {}

    /** Whether the current thread still runs the old code. */
    public static boolean old() {
        Frontier now = frontier;
        long id = id(Thread.currentThread());
        return id <= now.last && now.old(id);
    }

    public static long id(Thread thread) {
        return UNSAFE.getLong(thread, ID);
    }

    public static void set(Frontier next) {
        frontier = next;
    }

    public static Frontier get() {
        return frontier;
    }

    /**
     * Where the old threads end, and the exceptions. Ids grow with each thread that is made, platform or virtual.
     * Immutable, but for its turns.
     */
    public static final class Frontier {
        final long last;
        private final long first;
        private final long back;
        private final boolean others;
        private final long[] ids;
        private final Turn[] turns;

        /**
         * Of the threads with an id up to {@code last}, those with one of these {@code ids}, which are in ascending
         * order, run the old code until their turn has come; {@code others} tells whether the others run it.
         */
        public Frontier(long last, boolean others, long[] ids, Turn[] turns) {
            this(last, last, Long.MAX_VALUE, others, ids, turns);
        }

        private Frontier(long last, long first, long back, boolean others, long[] ids, Turn[] turns) {
            this.last = last;
            this.first = first;
            this.back = back;
            this.others = others;
            this.ids = ids;
            this.turns = turns;
        }

        /** The way back: as this, and threads with an id above {@code back} run the old code again. */
        public Frontier back(long back) {
            return new Frontier(Long.MAX_VALUE, last, back, others, ids, turns);
        }

        boolean old(long id) {
            int low = 0;
            int high = ids.length - 1;
            while (low <= high) {
                int middle = (low + high) >>> 1;
                if (ids[middle] == id) {
                    return turns[middle].old();
                }
                if (ids[middle] < id) {
                    low = middle + 1;
                } else {
                    high = middle - 1;
                }
            }
            return id > back || (id <= first && others);
        }
    }

    /** A thread that keeps on running, and turns from one code to the other between two units of work. */
    public static final class Turn extends AtomicLong {
        private static final long serialVersionUID = 1;
        private static final long TURNED = -1;

        private final boolean old;

        /** {@code old}: whether it turns from the old code to the new one, not back. */
        public Turn(boolean old) {
            this.old = old;
        }

        /** Counts how often the thread has chosen the code that it turns from. Its own thread only. */
        boolean old() {
            long count = get();
            while (count != TURNED && !compareAndSet(count, count + 1)) {
                count = get();
            }
            return (count != TURNED) == old;
        }

        /** Whether the thread turns from the old code to the new one. */
        public boolean forward() {
            return old;
        }

        /**
         * Has the thread run the other code from here on, unless it has chosen the one it turns from since {@link #get}
         * returned {@code count}: then it has begun a unit of work.
         */
        public boolean turn(long count) {
            return count == TURNED || compareAndSet(count, TURNED);
        }

        public boolean turned() {
            return get() == TURNED;
        }
    }
}
