// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.lang.StackWalker.StackFrame;
import java.util.Iterator;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Whether a node's successor is asked for by a worker's loop, which has no task in hand, and not by a task that hands on
 * another one or shuts the pool down. Asked only when a worker is about to leave.
 */
final class EnhancedQueueCaller implements Function<Stream<StackFrame>, Boolean> {
    private static final int DEPTH = 10;

    private final StackWalker walker = StackWalker.getInstance();
    private final String pool;
    private final String body;
    private final String node;

    EnhancedQueueCaller(String pool) {
        this.pool = pool;
        body = pool + "$ThreadBody";
        node = pool + "$QNode";
    }

    boolean isWorkerLoop() {
        return walker.walk(this);
    }

    @Override
    public Boolean apply(Stream<StackFrame> frames) {
        Iterator<StackFrame> each = frames.iterator();
        for (int i = 0; i < DEPTH && each.hasNext(); i++) {
            if (each.next().getClassName().equals(node) && each.hasNext()) {
                StackFrame caller = each.next();
                return caller.getClassName().equals(body)
                        || (caller.getClassName().equals(pool)
                                && caller.getMethodName().equals("runThreadBody"));
            }
        }
        return false;
    }
}
