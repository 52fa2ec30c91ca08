// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import io.reloader.control.Laggard;
import java.util.ArrayList;
import java.util.List;

/** What a thread is doing, in words. */
final class Stacks {

    private Stacks() {}

    static Laggard laggard(String pool, Thread thread) {
        List<String> frames = new ArrayList<>();
        for (StackTraceElement frame : thread.getStackTrace()) {
            frames.add(line(frame));
        }
        return new Laggard(pool, thread.getName(), frames);
    }

    private static String line(StackTraceElement frame) {
        String method = frame.getClassName() + "." + frame.getMethodName();
        if (frame.isNativeMethod()) {
            return method + "(native)";
        }
        if (frame.getFileName() == null) {
            return method + "(unknown source)";
        }
        return method + "(" + frame.getFileName() + (frame.getLineNumber() < 0 ? "" : ":" + frame.getLineNumber())
                + ")";
    }
}
