// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.lang.StackWalker.StackFrame;
import java.util.Iterator;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Whether the pool's state is asked for by getTask and not, through isShutdown, by a queue or a factory of the
 * application. Costs a microsecond or two, so it is asked only when a worker is about to leave.
 */
final class CallerCheck implements Function<Stream<StackFrame>, Boolean> {
    private static final int DEPTH = 10;

    private final StackWalker walker = StackWalker.getInstance();
    private final String pool;

    CallerCheck(String pool) {
        this.pool = pool;
    }

    boolean isGetTask() {
        return walker.walk(this);
    }

    @Override
    public Boolean apply(Stream<StackFrame> frames) {
        Iterator<StackFrame> each = frames.iterator();
        for (int i = 0; i < DEPTH && each.hasNext(); i++) {
            StackFrame frame = each.next();
            if (frame.getClassName().equals(pool) && !frame.getMethodName().equals("runStateAtLeast")) {
                return frame.getMethodName().equals("getTask");
            }
        }
        return false;
    }
}
