// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The private parts of ThreadPoolExecutor and its Worker, the same in JDK 17 to 25. Resolved once, on the control
 * thread; used by every thread. Takes objects, so that a copy of the class under another name can be reached too.
 */
final class ExecutorAccess {
    private final Class<?> workerType;
    private final MethodHandle ctl;
    private final MethodHandle workers;
    private final MethodHandle mainLock;
    private final MethodHandle queue;
    private final MethodHandle completed;
    private final MethodHandle setCompleted;
    private final MethodHandle ensurePrestart;
    private final MethodHandle remove;
    private final MethodHandle newWorker;
    private final MethodHandle poolOf;
    private final MethodHandle thread;
    private final MethodHandle firstTask;
    private final MethodHandle workerCompleted;
    private final MethodHandle state;
    private final MethodHandle owner;
    private final MethodHandle lock;
    private final MethodHandle tryLock;
    private final MethodHandle unlock;
    /** Null before JDK 21, and in copies of the class: threads start themselves there. */
    private final @Nullable MethodHandle container;

    private final @Nullable MethodHandle containerStart;

    /** Fails if this JDK's class is not the known one. */
    ExecutorAccess(Class<?> pool) throws ReflectiveOperationException {
        Lookup in = MethodHandles.privateLookupIn(pool, MethodHandles.lookup());
        workerType = Class.forName(pool.getName() + "$Worker", false, pool.getClassLoader());
        Lookup inWorker = MethodHandles.privateLookupIn(workerType, MethodHandles.lookup());
        ctl = getter(in, pool, "ctl", AtomicInteger.class);
        workers = getter(in, pool, "workers", HashSet.class);
        mainLock = getter(in, pool, "mainLock", ReentrantLock.class);
        queue = getter(in, pool, "workQueue", BlockingQueue.class);
        completed = getter(in, pool, "completedTaskCount", long.class);
        setCompleted = in.findSetter(pool, "completedTaskCount", long.class)
                .asType(MethodType.methodType(void.class, Object.class, long.class));
        ensurePrestart = method(in, pool, "ensurePrestart", void.class);
        remove = in.findVirtual(pool, "remove", MethodType.methodType(boolean.class, Runnable.class))
                .asType(MethodType.methodType(boolean.class, Object.class, Runnable.class));
        newWorker = inWorker.findConstructor(workerType, MethodType.methodType(void.class, pool, Runnable.class))
                .asType(MethodType.methodType(Object.class, Object.class, Runnable.class));
        poolOf = getter(inWorker, workerType, "this$0", pool).asType(MethodType.methodType(Object.class, Object.class));
        thread = getter(inWorker, workerType, "thread", Thread.class);
        firstTask = getter(inWorker, workerType, "firstTask", Runnable.class);
        workerCompleted = getter(inWorker, workerType, "completedTasks", long.class);
        state = method(inWorker, workerType, "getState", int.class);
        owner = method(inWorker, workerType, "getExclusiveOwnerThread", Thread.class);
        lock = method(inWorker, workerType, "lock", void.class);
        tryLock = method(inWorker, workerType, "tryLock", boolean.class);
        unlock = method(inWorker, workerType, "unlock", void.class);
        Class<?> containerType = containerType(pool);
        container = containerType == null
                ? null
                : getter(in, pool, "container", containerType)
                        .asType(MethodType.methodType(Object.class, Object.class));
        containerStart = containerType == null
                ? null
                : MethodHandles.privateLookupIn(containerType, MethodHandles.lookup())
                        .findVirtual(containerType, "start", MethodType.methodType(void.class, Thread.class))
                        .asType(MethodType.methodType(void.class, Object.class, Thread.class));
    }

    boolean isWorker(Object object) {
        return workerType.isInstance(object);
    }

    Object poolOf(Object worker) {
        try {
            return (Object) poolOf.invokeExact(worker);
        } catch (Throwable t) {
            throw unchecked(t);
        }
    }

    boolean running(Object pool) {
        // RUNNING is the only negative state.
        return ctl(pool) < 0;
    }

    int workerCount(Object pool) {
        return ctl(pool) & ((1 << (Integer.SIZE - 3)) - 1);
    }

    private int ctl(Object pool) {
        try {
            return ((AtomicInteger) ctl.invokeExact(pool)).get();
        } catch (Throwable t) {
            throw unchecked(t);
        }
    }

    /** To be read and changed under {@link #mainLock} only. */
    @SuppressWarnings("unchecked")
    Set<Object> workers(Object pool) {
        try {
            return (Set<Object>) (Set<?>) (HashSet<?>) workers.invokeExact(pool);
        } catch (Throwable t) {
            throw unchecked(t);
        }
    }

    ReentrantLock mainLock(Object pool) {
        try {
            return (ReentrantLock) mainLock.invokeExact(pool);
        } catch (Throwable t) {
            throw unchecked(t);
        }
    }

    /** For the control thread, which must not wait for ever: terminated() of the application's runs under this lock. */
    boolean tryMainLock(Object pool, long millis) {
        try {
            return mainLock(pool).tryLock(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @SuppressWarnings("unchecked")
    BlockingQueue<Runnable> queue(Object pool) {
        try {
            return (BlockingQueue<Runnable>) (BlockingQueue<?>) queue.invokeExact(pool);
        } catch (Throwable t) {
            throw unchecked(t);
        }
    }

    long completed(Object pool) {
        try {
            return (long) completed.invokeExact(pool);
        } catch (Throwable t) {
            throw unchecked(t);
        }
    }

    void addCompleted(Object pool, long more) {
        try {
            setCompleted.invokeExact(pool, completed(pool) + more);
        } catch (Throwable t) {
            throw unchecked(t);
        }
    }

    void ensurePrestart(Object pool) {
        try {
            ensurePrestart.invokeExact(pool);
        } catch (Throwable t) {
            throw unchecked(t);
        }
    }

    /** Takes a task back out of the queue, and ends the pool if that was what it waited for. */
    boolean remove(Object pool, Runnable task) {
        try {
            return (boolean) remove.invokeExact(pool, task);
        } catch (Throwable t) {
            throw unchecked(t);
        }
    }

    /** Asks the pool's thread factory for a thread; throws whatever the factory throws. */
    Object newWorker(Object pool) {
        try {
            return (Object) newWorker.invokeExact(pool, (Runnable) null);
        } catch (Throwable t) {
            throw unchecked(t);
        }
    }

    @Nullable
    Thread thread(Object worker) {
        try {
            return (Thread) thread.invokeExact(worker);
        } catch (Throwable t) {
            throw unchecked(t);
        }
    }

    boolean hasFirstTask(Object worker) {
        try {
            return (Runnable) firstTask.invokeExact(worker) != null;
        } catch (Throwable t) {
            throw unchecked(t);
        }
    }

    long workerCompleted(Object worker) {
        try {
            return (long) workerCompleted.invokeExact(worker);
        } catch (Throwable t) {
            throw unchecked(t);
        }
    }

    /** -1 new, 0 free, 1 locked. Locked does not mean busy: whoever interrupts it holds the lock, too. */
    int state(Object worker) {
        try {
            return (int) state.invokeExact(worker);
        } catch (Throwable t) {
            throw unchecked(t);
        }
    }

    boolean heldBy(Object worker, Thread thread) {
        try {
            return (Thread) owner.invokeExact(worker) == thread;
        } catch (Throwable t) {
            throw unchecked(t);
        }
    }

    void lock(Object worker) {
        try {
            lock.invokeExact(worker);
        } catch (Throwable t) {
            throw unchecked(t);
        }
    }

    boolean tryLock(Object worker) {
        try {
            return (boolean) tryLock.invokeExact(worker);
        } catch (Throwable t) {
            throw unchecked(t);
        }
    }

    void unlock(Object worker) {
        try {
            unlock.invokeExact(worker);
        } catch (Throwable t) {
            throw unchecked(t);
        }
    }

    /** Starts a worker's thread as the pool itself would; throws whatever starting throws. */
    void start(Object pool, Thread thread) {
        if (container == null || containerStart == null) {
            thread.start();
            return;
        }
        try {
            Object threads = (Object) container.invokeExact(pool);
            containerStart.invokeExact(threads, thread);
        } catch (Throwable t) {
            throw unchecked(t);
        }
    }

    private static @Nullable Class<?> containerType(Class<?> pool) {
        if (pool != ThreadPoolExecutor.class) {
            return null;
        }
        try {
            return Class.forName("jdk.internal.vm.SharedThreadContainer", false, null);
        } catch (ClassNotFoundException e) {
            return null;
        }
    }

    private static MethodHandle getter(Lookup in, Class<?> owner, String name, Class<?> type)
            throws ReflectiveOperationException {
        return in.findGetter(owner, name, type).asType(MethodType.methodType(type, Object.class));
    }

    private static MethodHandle method(Lookup in, Class<?> owner, String name, Class<?> type)
            throws ReflectiveOperationException {
        return in.findVirtual(owner, name, MethodType.methodType(type))
                .asType(MethodType.methodType(type, Object.class));
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> RuntimeException unchecked(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
