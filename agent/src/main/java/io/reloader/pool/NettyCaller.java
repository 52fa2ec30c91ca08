// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.lang.StackWalker.StackFrame;
import java.util.Iterator;
import java.util.function.Function;
import java.util.stream.Stream;

/** Who asks whether a loop may be suspended. Asked only when the loop is about to leave its thread. */
final class NettyCaller implements Function<Stream<StackFrame>, NettyCaller.Asker> {
    private static final int DEPTH = 16;

    enum Asker {
        /** The loop itself, at the end of a turn. */
        TURN,
        /** What the loop's thread runs, after the last turn. */
        THREAD,
        /** A task: Netty asks after one that was cancelled has been removed. */
        OTHER
    }

    private final StackWalker walker = StackWalker.getInstance();
    private final String loop;
    private final String threadBody;

    NettyCaller(String loop, String executor) {
        this.loop = loop;
        threadBody = executor + "$";
    }

    Asker asks() {
        return walker.walk(this);
    }

    @Override
    public Asker apply(Stream<StackFrame> frames) {
        Iterator<StackFrame> each = frames.iterator();
        boolean asked = false;
        for (int i = 0; i < DEPTH && each.hasNext(); i++) {
            StackFrame frame = each.next();
            boolean question = frame.getMethodName().equals("canSuspend");
            if (asked && !question) {
                return asker(frame, each);
            }
            asked = question;
        }
        return Asker.OTHER;
    }

    private Asker asker(StackFrame frame, Iterator<StackFrame> below) {
        if (!frame.getMethodName().equals("run")) {
            return Asker.OTHER;
        }
        if (frame.getClassName().equals(loop)) {
            return Asker.TURN;
        }
        // A task's run is called by runTask.
        boolean body = frame.getClassName().startsWith(threadBody)
                && below.hasNext()
                && below.next().getMethodName().equals("run");
        return body ? Asker.THREAD : Asker.OTHER;
    }
}
