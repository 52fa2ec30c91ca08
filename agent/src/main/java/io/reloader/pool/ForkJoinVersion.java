// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import org.jspecify.annotations.Nullable;

/**
 * The table of the implementations of ForkJoinPool: what the bits of its fields mean, here as in JDK 17 and 21, below
 * where it differs. It was rewritten between JDK 17 and 25 more than once; the releases that are not in the table are
 * not known, and their workers are pinned.
 */
enum ForkJoinVersion {
    V17(17, "mode", int.class) {
        private static final int SHUTDOWN_TERMINATED_STOP = 1 << 24 | 1 << 25 | 1 << 31;

        @Override
        boolean running(long state) {
            return (state & SHUTDOWN_TERMINATED_STOP) == 0;
        }

        @Override
        int total(long ctl, long state) {
            // Counted from the parallelism, which is in the state.
            return (short) (ctl >>> 32) + (short) state;
        }

        @Override
        @Nullable
        String parking() {
            return null;
        }

        @Override
        String lock() {
            return "source";
        }
    },
    V21(21, "runState", int.class) {
        private static final int SHUTDOWN_TERMINATED_STOP = 1 | 1 << 1 | 1 << 31;

        @Override
        boolean running(long state) {
            return (state & SHUTDOWN_TERMINATED_STOP) == 0;
        }
    },
    V25(25, "runState", long.class) {
        private static final long STOP_SHUTDOWN_TERMINATED = 1 | 1 << 1 | 1 << 3;
        private static final int IDLE = 1 << 16;

        @Override
        boolean running(long state) {
            return (state & STOP_SHUTDOWN_TERMINATED) == 0;
        }

        @Override
        boolean idle(int phase) {
            return (phase & IDLE) != 0;
        }

        @Override
        int top(int link) {
            return link;
        }

        @Override
        String parking() {
            return "parking";
        }

        @Override
        String lock() {
            return "phase";
        }

        @Override
        boolean locked(int phase) {
            return (phase & IDLE) == 0;
        }

        @Override
        String mark() {
            return "source";
        }

        @Override
        int marked(int source) {
            int dropped = 1 << 16;
            return dropped;
        }
    };

    private static final long LOWER = 0xffffffffL;

    private final int release;
    /** The field that holds the pool's run state, and its type. */
    final String stateName;

    final Class<?> stateType;

    ForkJoinVersion(int release, String stateName, Class<?> stateType) {
        this.release = release;
        this.stateName = stateName;
        this.stateType = stateType;
    }

    static boolean known() {
        return find() != null;
    }

    static ForkJoinVersion current() throws ReflectiveOperationException {
        ForkJoinVersion version = find();
        if (version == null) {
            throw new ReflectiveOperationException("known are those of JDK 17, 21 and 25");
        }
        return version;
    }

    private static @Nullable ForkJoinVersion find() {
        for (ForkJoinVersion each : values()) {
            if (each.release == Runtime.version().feature()) {
                return each;
            }
        }
        return null;
    }

    /** Whether it is neither shut down nor on the way. */
    abstract boolean running(long state);

    /** Whether a worker with this phase waits for a signal, or is about to. */
    boolean idle(int phase) {
        return phase < 0;
    }

    /** How many workers there are, those included that are being made. */
    int total(long ctl, long state) {
        return (short) (ctl >>> 32);
    }

    /** The worker at which the low half of ctl, or a worker's stackPred, points: its phase once it is awake; 0 if none. */
    int top(int link) {
        return link & Integer.MAX_VALUE;
    }

    /** The field of a worker's queue that is not 0 while the worker parks; null if it may be unparked at any time. */
    @Nullable
    String parking() {
        return "access";
    }

    /** The field of a queue that is no worker's which says that somebody puts a task into it. */
    String lock() {
        return "access";
    }

    /** Whether that field says so. */
    boolean locked(int lock) {
        return lock != 0;
    }

    /** The field of a worker's queue that says that the counts in ctl do not include it any more. */
    String mark() {
        return "config";
    }

    /** The value of that field, so changed. */
    int marked(int config) {
        int source = 1 << 17;
        int quietOrTrimmed = 1 << 19;
        return (config | quietOrTrimmed) & ~source;
    }

    /** The slot in the pool's table of queues. */
    static int slot(int phase) {
        return phase & 0xffff;
    }

    /** The counts with so many workers more awake, and this link to the first that still waits. */
    static long released(long ctl, int workers, int link) {
        return ((ctl + ((long) workers << 48)) & ~LOWER) | (link & LOWER);
    }
}
