// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The private parts of one copy of Netty's event loops, 4.2. Resolved once; used by every thread. */
final class NettyAccess {
    final int suspending;
    final int suspended;
    final int started;
    final int shuttingDown;

    private final Class<?> loop;
    private final Class<?> executor;
    private final VarHandle thread;
    private final VarHandle state;
    private final VarHandle lock;
    private final VarHandle movable;
    private final MethodHandle startThread;
    private final MethodHandle wakeup;

    /** Fails if this version is not a known one. */
    NettyAccess(Class<?> loop) throws ReflectiveOperationException {
        this.loop = loop;
        executor = loop.getSuperclass().getSuperclass();
        Lookup in = MethodHandles.privateLookupIn(executor, MethodHandles.lookup());
        thread = in.findVarHandle(executor, "thread", Thread.class);
        state = in.findVarHandle(executor, "state", int.class);
        lock = in.findVarHandle(executor, "processingLock", Lock.class);
        movable = in.findVarHandle(executor, "supportSuspension", boolean.class);
        startThread = in.findVirtual(executor, "doStartThread", MethodType.methodType(void.class))
                .asType(MethodType.methodType(void.class, Object.class));
        wakeup = MethodHandles.privateLookupIn(loop, MethodHandles.lookup())
                .findVirtual(loop, "wakeup", MethodType.methodType(void.class, boolean.class))
                .asType(MethodType.methodType(void.class, Object.class, boolean.class));
        suspending = constant(in, "ST_SUSPENDING");
        suspended = constant(in, "ST_SUSPENDED");
        started = constant(in, "ST_STARTED");
        shuttingDown = constant(in, "ST_SHUTTING_DOWN");
    }

    private int constant(Lookup in, String name) throws ReflectiveOperationException {
        return (int) in.findStaticVarHandle(executor, name, int.class).get();
    }

    String executorName() {
        return executor.getName();
    }

    @Nullable
    Thread thread(Object of) {
        return (Thread) thread.getVolatile(of);
    }

    int state(Object of) {
        return (int) state.getVolatile(of);
    }

    boolean change(Object of, int from, int to) {
        return state.compareAndSet(of, from, to);
    }

    /** Whether this state is that of a loop that has a thread and is not shut down. */
    boolean serves(int now) {
        return now == started || now == suspending;
    }

    /** Has the loop's own executor start a thread, which waits until the loop has left the one it has. */
    void startThread(Object of) throws Throwable {
        startThread.invokeExact(of);
    }

    /** Whether a thread waits for the loop to leave the one it has. */
    boolean awaited(Object of) {
        return lock.get(of) instanceof ReentrantLock held && held.hasQueuedThreads();
    }

    /** Ends the turn of a loop that waits for events; otherwise harmless. */
    void wake(Object of) {
        try {
            wakeup.invokeExact(of, false);
        } catch (Throwable t) {
            // A transport that is closed: the loop is about to end.
            return;
        }
    }

    /** Whether the loop on this thread is seen with a task or an event in hand. */
    boolean works(Thread of) {
        StackTraceElement[] stack = of.getStackTrace();
        for (int i = stack.length - 1; i > 0; i--) {
            if (stack[i].getMethodName().equals("run")
                    && stack[i].getClassName().equals(loop.getName())) {
                return !stack[i - 1].getMethodName().equals("runIo") || KnownThread.NETTY_LOOP.works(stack);
            }
        }
        return false;
    }

    /** Why the loop must keep its thread; null if it can leave it. */
    @Nullable
    String pin(Object of) {
        if (!(boolean) movable.get(of) || !(lock.get(of) instanceof ReentrantLock)) {
            return "Netty event loops whose transport is bound to its thread (io_uring) keep it; they take the new code "
                    + "with their next turn";
        }
        Object maker = FieldPath.read(of, "executor.val$executor");
        if (maker == null || !Suffix.matches(maker.getClass().getName(), "util.concurrent.ThreadPerTaskExecutor")) {
            return "Netty event loops on an executor of the application's keep their thread; they take the new code with "
                    + "their next turn";
        }
        if (overrides(of.getClass())) {
            return "Netty event loops with a run method of their own keep their thread; they take the new code with their "
                    + "next turn";
        }
        Thread now = thread(of);
        return now != null && Suffix.ofAny(now.getClass(), "io.vertx.core.impl.VertxThread")
                ? "Vert.x promises its handlers the same thread, so its event loops keep it; they take the new code with "
                        + "their next turn"
                : null;
    }

    private boolean overrides(Class<?> type) {
        for (Class<?> up = type; up != loop && up != null; up = up.getSuperclass()) {
            if (declares(up, "run") || declares(up, "canSuspend", int.class) || declares(up, "canSuspend")) {
                return true;
            }
        }
        return false;
    }

    private static boolean declares(Class<?> type, String name, Class<?>... arguments) {
        try {
            return type.getDeclaredMethod(name, arguments) != null;
        } catch (NoSuchMethodException e) {
            return false;
        } catch (LinkageError e) {
            return true;
        }
    }
}
