// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import org.jspecify.annotations.Nullable;

/** ForkJoinPool and its subclasses. Used by every thread. */
final class ForkJoinKind implements PoolKind {
    private static final String CARRIER = "jdk.internal.misc.CarrierThread";

    private final ForkJoinAccess access = new ForkJoinAccess();
    private final Tools tools;
    private final Ledger<ForkJoinRoll> ledger;
    private final ForkJoinTransfer transfer;
    private final ForkJoinWaker waker = new ForkJoinWaker(access);
    /** Threads that began to look for tasks after the weaving; to which a throw between two tasks is harmless. */
    private final WeakIdentityMap<Thread, Boolean> catching = new WeakIdentityMap<>();

    ForkJoinKind(Tools tools, Ledger<ForkJoinRoll> ledger) throws ReflectiveOperationException {
        this.tools = tools;
        this.ledger = ledger;
        transfer = new ForkJoinTransfer(access, tools.threads());
    }

    @Override
    public @Nullable Object poolOf(Object met, Thread thread) {
        return met == thread && met instanceof ForkJoinWorkerThread worker && !carrier(thread)
                ? access.poolOf(worker)
                : null;
    }

    @Override
    public Pool open(Object pool) {
        return new ForkJoinView(this, (ForkJoinPool) pool);
    }

    /** Whether it runs virtual threads: those are always fresh, and their carriers are the JVM's own business. */
    static boolean carrier(Thread thread) {
        return thread.getClass().getName().equals(CARRIER);
    }

    /** The queues of all workers that are in the books of this pool; none if its workers are carriers. */
    List<Object> workers(ForkJoinPool pool) {
        List<Object> all = new ArrayList<>();
        @Nullable Object[] queues = access.queues(pool);
        for (int i = 1; queues != null && i < queues.length; i += 2) {
            Object queue = queues[i];
            Thread owner = queue == null ? null : access.owner(queue);
            if (queue != null && owner != null && !carrier(owner)) {
                all.add(queue);
            }
        }
        return all;
    }

    void catches(Thread thread) {
        catching.putIfAbsent(thread, true);
    }

    /** Whether a throw may take it out of its loop without any code of the application's seeing that. */
    boolean unwinds(Thread worker) {
        return catching.get(worker) != null || !hasOnTermination(worker.getClass());
    }

    /** Whether code of the application's is told how its thread ended. */
    private static boolean hasOnTermination(Class<?> thread) {
        try {
            for (Class<?> type = thread; type != ForkJoinWorkerThread.class; type = type.getSuperclass()) {
                for (Method method : type.getDeclaredMethods()) {
                    if (method.getName().equals("onTermination")) {
                        return true;
                    }
                }
            }
            return false;
        } catch (LinkageError e) {
            return true;
        }
    }

    ForkJoinAccess access() {
        return access;
    }

    Tools tools() {
        return tools;
    }

    Ledger<ForkJoinRoll> ledger() {
        return ledger;
    }

    ForkJoinTransfer transfer() {
        return transfer;
    }

    ForkJoinWaker waker() {
        return waker;
    }
}
