// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** The private parts of one copy of EnhancedQueueExecutor, 2.4 to 3.9. Resolved once; used by every thread. */
final class EnhancedQueueAccess {
    private final Class<?> bodyType;
    private final Class<?> taskNodeType;
    private final Class<?> threadNodeType;
    private final MethodHandle poolOf;
    private final MethodHandle newBody;
    private final MethodHandle factory;
    private final MethodHandle runningThreads;
    private final MethodHandle size;
    private final MethodHandle shutdown;
    private final MethodHandle head;
    private final MethodHandle next;
    private final MethodHandle task;
    private final MethodHandle thread;
    private final MethodHandle swapTask;
    private final Object end;
    private final Runnable waiting;
    private final Runnable exit;
    private final boolean headLocked;

    /** Fails if this version is not a known one. */
    EnhancedQueueAccess(Class<?> pool) throws ReflectiveOperationException {
        Lookup in = MethodHandles.privateLookupIn(pool, MethodHandles.lookup());
        bodyType = part(pool, "ThreadBody");
        taskNodeType = part(pool, "TaskNode");
        threadNodeType = part(pool, "PoolThreadNode");
        Class<?> node = part(pool, "QNode");
        Lookup inNode = MethodHandles.privateLookupIn(node, MethodHandles.lookup());
        Lookup inThreadNode = MethodHandles.privateLookupIn(threadNodeType, MethodHandles.lookup());
        Lookup inBody = MethodHandles.privateLookupIn(bodyType, MethodHandles.lookup());
        poolOf = generic(inBody.findGetter(bodyType, "this$0", pool), Object.class);
        newBody = bodyMaker(inBody, bodyType);
        factory = generic(in.findGetter(pool, "threadFactory", ThreadFactory.class), ThreadFactory.class);
        runningThreads = generic(in.findGetter(pool, "runningThreads", Set.class), Set.class);
        size = generic(in.findVirtual(pool, "getPoolSize", MethodType.methodType(int.class)), int.class);
        shutdown = generic(in.findVirtual(pool, "isShutdown", MethodType.methodType(boolean.class)), boolean.class);
        head = generic(headGetter(in, pool, taskNodeType), Object.class);
        next = generic(inNode.findGetter(node, "next", node), Object.class);
        task = generic(inThreadNode.findGetter(threadNodeType, "task", Runnable.class), Runnable.class);
        thread = generic(inThreadNode.findGetter(threadNodeType, "thread", Thread.class), Thread.class);
        swapTask = inThreadNode
                .findVirtual(
                        threadNodeType,
                        "compareAndSetTask",
                        MethodType.methodType(boolean.class, Runnable.class, Runnable.class))
                .asType(MethodType.methodType(boolean.class, Object.class, Runnable.class, Runnable.class));
        end = constant(in, pool, "TERMINATE_REQUESTED", node);
        waiting = (Runnable) constant(in, pool, "WAITING", Runnable.class);
        exit = (Runnable) constant(in, pool, "EXIT", Runnable.class);
        headLocked = has(pool, "headLock");
    }

    boolean isBody(Object met) {
        return bodyType.isInstance(met);
    }

    Object poolOf(Object body) {
        try {
            return (Object) poolOf.invokeExact(body);
        } catch (Throwable t) {
            throw unchecked(t);
        }
    }

    /** Asks the pool's thread factory for a thread; null if it has none to give. */
    @SuppressWarnings("NullAway")
    Object newWorker(Object pool) {
        try {
            Runnable body = (Runnable) newBody.invokeExact(pool);
            return ((ThreadFactory) factory.invokeExact(pool)).newThread(body);
        } catch (Throwable t) {
            throw unchecked(t);
        }
    }

    @SuppressWarnings("unchecked")
    Set<Thread> running(Object pool) {
        try {
            return (Set<Thread>) (Set<?>) runningThreads.invokeExact(pool);
        } catch (Throwable t) {
            throw unchecked(t);
        }
    }

    int size(Object pool) {
        try {
            return (int) size.invokeExact(pool);
        } catch (Throwable t) {
            throw unchecked(t);
        }
    }

    boolean shutDown(Object pool) {
        try {
            return (boolean) shutdown.invokeExact(pool);
        } catch (Throwable t) {
            throw unchecked(t);
        }
    }

    /** The first node of the queue: a task's, a waiting thread's, or another; null if it is empty. */
    @Nullable
    Object first(Object pool) {
        try {
            return next((Object) head.invokeExact(pool));
        } catch (Throwable t) {
            throw unchecked(t);
        }
    }

    @Nullable
    Object next(Object node) {
        try {
            return (Object) next.invokeExact(node);
        } catch (Throwable t) {
            throw unchecked(t);
        }
    }

    boolean isTaskNode(@Nullable Object node) {
        return taskNodeType.isInstance(node);
    }

    boolean isThreadNode(@Nullable Object node) {
        return threadNodeType.isInstance(node);
    }

    Thread thread(Object threadNode) {
        try {
            return (Thread) thread.invokeExact(threadNode);
        } catch (Throwable t) {
            throw unchecked(t);
        }
    }

    boolean waits(Object threadNode) {
        try {
            return (Runnable) task.invokeExact(threadNode) == waiting;
        } catch (Throwable t) {
            throw unchecked(t);
        }
    }

    boolean isWaiting(Runnable task) {
        return task == waiting;
    }

    /** What a node holds that no submitter can give a task any more. */
    Runnable exit() {
        return exit;
    }

    /** From waiting to {@link #exit}: false if it has been given a task. */
    boolean withdraw(Object threadNode) {
        return swap(threadNode, waiting, exit);
    }

    boolean swap(Object threadNode, Runnable from, Runnable to) {
        try {
            return (boolean) swapTask.invokeExact(threadNode, from, to);
        } catch (Throwable t) {
            throw unchecked(t);
        }
    }

    /** What a worker finds behind the last task of a pool that is shut down: it leaves. */
    Object end() {
        return end;
    }

    /** Whether workers of this version look for tasks holding a lock of their pool's. */
    boolean headLocked() {
        return headLocked;
    }

    private static Class<?> part(Class<?> pool, String name) throws ClassNotFoundException {
        return Class.forName(pool.getName() + "$" + name, false, pool.getClassLoader());
    }

    private static MethodHandle bodyMaker(Lookup in, Class<?> body) throws ReflectiveOperationException {
        Constructor<?>[] all = body.getDeclaredConstructors();
        if (all.length != 1 || all[0].getParameterCount() != 2) {
            throw new NoSuchMethodException(body.getName() + " has another constructor");
        }
        MethodHandle made = in.unreflectConstructor(all[0]);
        return MethodHandles.insertArguments(made, 1, (Object) null)
                .asType(MethodType.methodType(Runnable.class, Object.class));
    }

    private static MethodHandle headGetter(Lookup in, Class<?> pool, Class<?> taskNode)
            throws ReflectiveOperationException {
        if (!has(pool, "unsharedTaskNodes")) {
            try {
                // A superclass has it up to 3.1.
                return in.findGetter(pool, "head", taskNode);
            } catch (NoSuchFieldException e) {
                // Up to 3.8 it is an element of an array of objects.
                return in.findVirtual(pool, "getHead", MethodType.methodType(taskNode));
            }
        }
        MethodHandle ends = in.findGetter(pool, "unsharedTaskNodes", taskNode.arrayType());
        MethodHandle first = in.findStatic(pool, "getHead", MethodType.methodType(taskNode, taskNode.arrayType()));
        return MethodHandles.filterReturnValue(ends, first);
    }

    private static boolean has(Class<?> pool, String field) {
        try {
            return pool.getDeclaredField(field) != null;
        } catch (NoSuchFieldException e) {
            return false;
        }
    }

    private static Object constant(Lookup in, Class<?> pool, String name, Class<?> type)
            throws ReflectiveOperationException {
        return in.findStaticVarHandle(pool, name, type).get();
    }

    private static MethodHandle generic(MethodHandle handle, Class<?> result) {
        return handle.asType(MethodType.methodType(result, Object.class));
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> RuntimeException unchecked(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
