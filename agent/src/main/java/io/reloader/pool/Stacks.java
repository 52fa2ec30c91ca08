// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import io.reloader.control.Laggard;
import java.util.ArrayList;
import java.util.List;

/** What a thread is doing, in words. */
final class Stacks {

    private Stacks() {}

    static Laggard laggard(String pool, Thread thread, long nanos) {
        List<String> frames = new ArrayList<>();
        for (StackTraceElement frame : thread.getStackTrace()) {
            frames.add(line(frame));
        }
        return new Laggard(pool, thread.getName(), nanos, frames);
    }

    /** The frame of the application's that it is in, or the innermost of all. */
    static String place(Thread thread) {
        StackTraceElement[] stack = thread.getStackTrace();
        for (StackTraceElement frame : stack) {
            if (!isLibrary(frame.getClassName())) {
                return line(frame);
            }
        }
        return stack.length == 0 ? "" : line(stack[0]);
    }

    private static boolean isLibrary(String type) {
        return type.startsWith("java.") || type.startsWith("jdk.") || type.startsWith("sun.");
    }

    /** Whether an interrupt would close the channel that the thread reads, writes or accepts on. */
    static boolean inChannel(Thread thread) {
        for (StackTraceElement frame : thread.getStackTrace()) {
            String type = frame.getClassName();
            if (type.startsWith("sun.nio.ch.") || type.startsWith("java.nio.channels.")) {
                return true;
            }
            if (!type.startsWith("java.") && !type.startsWith("jdk.internal.")) {
                return false;
            }
        }
        return false;
    }

    /** Whether it waits for a connection, or for what comes by one. */
    static boolean reads(Thread thread) {
        for (StackTraceElement frame : thread.getStackTrace()) {
            String type = frame.getClassName();
            if (type.equals("sun.nio.ch.NioSocketImpl")
                    || type.equals("sun.nio.ch.SocketChannelImpl")
                    || type.equals("sun.nio.ch.ServerSocketChannelImpl")) {
                String method = frame.getMethodName();
                return method.equals("park") || method.contains("ead") || method.contains("ccept");
            }
            if (!type.startsWith("java.") && !type.startsWith("jdk.internal.") && !type.startsWith("sun.nio.ch.")) {
                return false;
            }
        }
        return false;
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
