// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

/** What a worker of Jetty's pool does, by its stack: most of its threads run jobs that are Jetty's own and never end. */
enum JettyWork {
    /** Has no job. */
    IDLE,
    /** Runs a job that waits for a task in a ReservedThreadExecutor. */
    RESERVED,
    /** Runs a job that waits for a selector. */
    SELECTING,
    /** Runs a job that accepts connections. */
    ACCEPTING,
    /** Runs any other job. */
    BUSY;

    /** @param runner the name of the pool's class Runner */
    static JettyWork of(StackTraceElement[] stack, String runner) {
        int run = stack.length - 1;
        while (run >= 0 && !is(stack[run], runner, "run")) {
            run--;
        }
        if (run <= 0) {
            return BUSY;
        }
        if (is(stack[run - 1], runner, "idleJobPoll")) {
            return IDLE;
        }
        for (int i = run - 1; i >= 0; i--) {
            String type = stack[i].getClassName();
            String method = stack[i].getMethodName();
            if (type.endsWith(".ReservedThreadExecutor$ReservedThread")
                    && (method.equals("waitForTask") || method.equals("reservedWait"))) {
                return RESERVED;
            }
            if (type.endsWith(".ManagedSelector$SelectorProducer") && method.equals("select")) {
                return SELECTING;
            }
            if (type.endsWith(".AbstractConnector$Acceptor")) {
                return ACCEPTING;
            }
        }
        return BUSY;
    }

    private static boolean is(StackTraceElement frame, String type, String method) {
        return frame.getMethodName().equals(method) && frame.getClassName().equals(type);
    }
}
