// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The commands that wait for the control loop: a set, so that equal ones coalesce. Any thread may put a command,
 * a signal handler's included (it neither blocks nor allocates); only the control thread takes.
 */
public final class Inbox {
    private static final Command[] BY_URGENCY = {
        Command.STOP,
        Command.READY,
        Command.TAKEN_UP,
        Command.SETTLED,
        Command.REOPEN_LOG,
        Command.FAILED,
        Command.DETACH,
        Command.ROLL_BACK,
        Command.RELOAD_WORKERS,
        Command.RELOAD_TASKS,
        Command.DETACHED,
        Command.TICK,
        Command.ANSWER
    };

    private final AtomicInteger pending = new AtomicInteger();
    private volatile @Nullable Thread reader;

    public void put(Command command) {
        int bits = pending.get();
        while (!pending.compareAndSet(bits, bits | bit(command))) {
            bits = pending.get();
        }
        LockSupport.unpark(reader);
    }

    /** The most urgent pending command; {@link Command#TICK} after {@code nanos} without any. */
    Command take(long nanos) {
        reader = Thread.currentThread();
        long start = System.nanoTime();
        for (; ; ) {
            Command command = poll();
            if (command != null) {
                return command;
            }
            long left = nanos - (System.nanoTime() - start);
            if (left <= 0) {
                return Command.TICK;
            }
            LockSupport.parkNanos(this, left);
            // An interrupt would make every further park return at once.
            Thread.interrupted();
        }
    }

    private @Nullable Command poll() {
        for (Command command : BY_URGENCY) {
            int bits = pending.get();
            while ((bits & bit(command)) != 0) {
                if (pending.compareAndSet(bits, bits & ~bit(command))) {
                    return command;
                }
                bits = pending.get();
            }
        }
        return null;
    }

    private static int bit(Command command) {
        return 1 << command.ordinal();
    }
}
