// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import io.reloader.control.PoolState;
import io.reloader.control.Role;
import io.reloader.control.Roll;
import io.reloader.weave.BootClasses;
import io.reloader.weave.PoolWeaver;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.jspecify.annotations.Nullable;

/** This JVM with woven pools, and a thread that plays the control loop. One at a time. */
final class RollingJvm implements AutoCloseable {
    final LivePools pools;
    private final List<String> troubles = new CopyOnWriteArrayList<>();
    private final PoolWeaver weaver = new PoolWeaver(ByteBuddyAgent.install(), troubles::add);
    /** Who waits for workers to move; written by that thread. */
    private volatile @Nullable Thread waiting;

    /** The thread that rolls on and on, if one was started. */
    private Thread roller = new Thread();

    /** Written by the roller, read once it has ended. */
    private volatile long rolled;

    private int generation;

    RollingJvm() {
        this(new Roles(List.of(), List.of()));
    }

    RollingJvm(Roles roles) {
        this(roles, WorkerWatch.NOBODY);
    }

    RollingJvm(Roles roles, WorkerWatch workers) {
        try {
            new BootClasses(ByteBuddyAgent.install(), name -> {
                        throw new IllegalStateException(name + " is on the test's boot path");
                    })
                    .define(true);
            pools = new LivePools(
                    roles,
                    1,
                    new LivePools.Agent(
                            this::wake, signal -> {}, troubles::add, weaver::refused, thread -> null, workers));
        } catch (IOException | ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
        pools.hook();
        weaver.install();
        if (!troubles.isEmpty()) {
            throw new IllegalStateException(troubles.toString());
        }
        pools.discover();
    }

    private void wake() {
        LockSupport.unpark(waiting);
    }

    /** Rolls all pools of this role; the roll is returned open, finished or out of time. */
    Roll roll(Role role, long millis) {
        waiting = Thread.currentThread();
        Roll roll = pools.roll(role, ++generation);
        advance(roll, millis);
        return roll;
    }

    void advance(Roll roll, long millis) {
        waiting = Thread.currentThread();
        long start = System.nanoTime();
        for (roll.advance(); !roll.finished() && System.nanoTime() - start < millis * 1_000_000; roll.advance()) {
            LockSupport.parkNanos(2_000_000);
        }
    }

    /** Rolls everything again and again, on a thread of its own, until it is stopped. */
    void startRolling() {
        roller = new Thread(() -> rolled = rollUntilInterrupted(), "roller");
        roller.start();
    }

    /** Returns how many workers were replaced. */
    long stopRolling() {
        roller.interrupt();
        Await.until("the roller has ended", () -> !roller.isAlive());
        return rolled;
    }

    private long rollUntilInterrupted() {
        long rolled = 0;
        for (int n = 0; !Thread.currentThread().isInterrupted(); n++) {
            Roll workers = roll(Role.WORKER, n % 4 == 0 ? 1 : 100);
            Roll tasks = roll(Role.TASK, 100);
            for (PoolState each : workers.pools()) {
                rolled += each.rolled();
            }
            for (PoolState each : tasks.pools()) {
                rolled += each.rolled();
            }
            if (n % 3 == 0) {
                workers.close();
                tasks.close();
            }
        }
        return rolled;
    }

    @Override
    public void close() {
        // Whatever failed: what stays woven would fail every test after this one.
        stopRolling();
        try {
            Await.until("no worker is on its way out", pools::close);
        } finally {
            weaver.uninstall();
            pools.unhook();
        }
    }
}
