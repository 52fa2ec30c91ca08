// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * Finds the pools of threads that are older than the agent: from each thread through what it runs to its worker, as
 * factories wrap that in classes of their own. Reads fields, calls nothing of the application's. On the control thread.
 */
final class Discovery {
    private static final int DEPTH = 4;

    private final Kinds kinds;
    private final Threads threads;
    private final Registry registry;

    Discovery(Kinds kinds, Threads threads, Registry registry) {
        this.kinds = kinds;
        this.threads = threads;
        this.registry = registry;
    }

    void run() {
        Reach reach = new Reach(DEPTH);
        for (Thread thread : live()) {
            Object target = threads.access().target(thread);
            if (target != null && reach.find(target, object -> found(thread, object))) {
                continue;
            }
            boolean ignored = reach.find(thread, object -> found(thread, object));
        }
    }

    /** Shows each live thread, and what is within reach of what it runs, until one is taken. Any thread. */
    void search(Predicate<Object> taken) {
        Reach reach = new Reach(DEPTH);
        for (Thread thread : live()) {
            Object target = threads.access().target(thread);
            if (!taken.test(thread) && target != null) {
                boolean ignored = reach.find(target, taken);
            }
        }
    }

    private static List<Thread> live() {
        ThreadGroup root = Thread.currentThread().getThreadGroup();
        for (ThreadGroup up = root.getParent(); up != null; up = up.getParent()) {
            root = up;
        }
        Thread[] found = new Thread[root.activeCount() + 64];
        int count = root.enumerate(found, true);
        while (count == found.length) {
            found = new Thread[count * 2];
            count = root.enumerate(found, true);
        }
        return Arrays.asList(found).subList(0, count);
    }

    private boolean found(Thread thread, Object object) {
        PoolKind kind = kinds.of(object);
        Object pool = kind == null ? null : kind.poolOf(object, thread);
        if (pool == null) {
            return false;
        }
        threads.births().record(thread);
        registry.add(pool);
        return true;
    }
}
