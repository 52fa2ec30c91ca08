// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** One executor, opened. */
final class ExecutorPool implements Pool {
    private static final long LOCK_MILLIS = 5;

    private final ExecutorKind kind;
    private final ExecutorAccess access;
    private final Object pool;

    ExecutorPool(ExecutorKind kind, Object pool) {
        this.kind = kind;
        this.access = kind.access();
        this.pool = pool;
    }

    @Override
    public Object identity() {
        return pool;
    }

    @Override
    public List<Thread> threads() {
        List<Thread> threads = new ArrayList<>();
        for (Object worker : workersNow()) {
            Thread thread = access.thread(worker);
            if (thread != null) {
                threads.add(thread);
            }
        }
        return threads;
    }

    @Override
    public List<Thread> busy() {
        List<Thread> threads = new ArrayList<>();
        for (Object worker : workersNow()) {
            Thread thread = access.thread(worker);
            if (thread != null && access.heldBy(worker, thread)) {
                threads.add(thread);
            }
        }
        return threads;
    }

    @Override
    public List<WorkerLook> workers() {
        List<WorkerLook> looks = new ArrayList<>();
        for (Object worker : workersNow()) {
            Thread thread = access.thread(worker);
            if (thread != null) {
                looks.add(new WorkerLook(thread, access.heldBy(worker, thread), access.workerCompleted(worker)));
            }
        }
        return looks;
    }

    @Override
    public int waiting() {
        return access.queue(pool).size();
    }

    @Override
    public Optional<String> background() {
        return pool instanceof ScheduledThreadPoolExecutor ? Optional.of("it is a scheduler") : Optional.empty();
    }

    @Override
    public boolean recurs() {
        return pool instanceof ScheduledThreadPoolExecutor;
    }

    private List<Object> workersNow() {
        if (!access.tryMainLock(pool, LOCK_MILLIS)) {
            return unlockedWorkers();
        }
        try {
            return new ArrayList<>(access.workers(pool));
        } finally {
            access.mainLock(pool).unlock();
        }
    }

    /** Good enough to name a pool whose lock somebody keeps. */
    private List<Object> unlockedWorkers() {
        try {
            return new ArrayList<>(access.workers(pool));
        } catch (ConcurrentModificationException | ArrayIndexOutOfBoundsException | NullPointerException e) {
            return List.of();
        }
    }

    @Override
    public PoolLook look() {
        if (!access.tryMainLock(pool, LOCK_MILLIS)) {
            return new PoolLook(access.workerCount(pool) == 0 && !queued(), queued(), access.completed(pool));
        }
        try {
            boolean idle = true;
            long completed = access.completed(pool);
            for (Object worker : access.workers(pool)) {
                completed += access.workerCompleted(worker);
                idle &= idle(worker);
            }
            boolean queued = queued();
            return new PoolLook(idle && !queued, queued, completed);
        } finally {
            access.mainLock(pool).unlock();
        }
    }

    private boolean idle(Object worker) {
        Thread thread = access.thread(worker);
        if (thread == null) {
            return true;
        }
        Thread.State state = thread.getState();
        if (access.state(worker) < 0) {
            // Between taking its first task and locking itself a new worker looks free; one not started cannot.
            return state == Thread.State.NEW && !access.hasFirstTask(worker);
        }
        return access.state(worker) == 0 && (state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING);
    }

    private boolean queued() {
        BlockingQueue<Runnable> queue = access.queue(pool);
        if (queue.isEmpty()) {
            return false;
        }
        return !(queue.peek() instanceof Delayed head) || head.getDelay(TimeUnit.NANOSECONDS) <= 0;
    }

    @Override
    public PoolRoll roll(long lastOldThread) {
        return kind.ledger().begin(pool, () -> new ExecutorRoll(kind, pool), lastOldThread);
    }
}
