// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import io.reloader.control.Drain;
import io.reloader.control.Pools;
import io.reloader.control.Role;
import io.reloader.control.Roll;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ReloaderHooks;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Consumer;

/** All pools of this JVM, of every kind. Made by the composition root; everything else on the control thread. */
public final class LivePools implements Pools {
    private final Roles roles;
    private final Threads threads;
    private final Registry registry = new Registry();
    private final Discovery discovery;
    private final PoolHooks hooks;
    private final Map<Role, LiveRoll> open = new EnumMap<>(Role.class);

    /**
     * Needs java.lang and java.util.concurrent open to this class's module.
     *
     * @param wake has the control thread look again soon; called by workers, so it must neither block nor throw
     * @param batch how many workers of a pool may be missing at once
     * @param signals told of each signal handler that is registered
     * @throws ReflectiveOperationException if this JDK's pool is not a known one
     */
    public LivePools(Roles roles, int batch, Runnable wake, Consumer<Object> signals)
            throws ReflectiveOperationException {
        this.roles = roles;
        threads = Threads.create();
        ExecutorKind executors = new ExecutorKind(ThreadPoolExecutor.class, threads, wake, batch);
        discovery = new Discovery(List.of(executors), threads, registry);
        hooks = new PoolHooks(threads, executors, registry, signals);
    }

    /** What woven code is to call; to be installed before anything is woven. */
    public ReloaderHooks.Handler hooks() {
        return hooks;
    }

    /** Notes the threads that are there already. To be called once after weaving, while they are as they were born. */
    public void discover() {
        discovery.run();
    }

    @Override
    public Roll roll(Role role) {
        // Threads made from here on run the new code; a worker whose thread is older is behind, whenever it starts.
        long lastOldThread = threads.access().id(new Thread("reloader-mark"));
        IdentityHashMap<Object, PoolRoll> inherited = new IdentityHashMap<>();
        LiveRoll former = open.get(role);
        if (former != null) {
            former.handOver(inherited);
        }
        discovery.run();
        List<LiveRoll.Part> parts = new ArrayList<>();
        for (Named named : named()) {
            if (named.info().role() != role) {
                continue;
            }
            PoolRoll roll = named.pool().roll(lastOldThread);
            inherited.remove(roll.pool());
            parts.add(new LiveRoll.Part(named.info().name(), roll));
        }
        for (PoolRoll orphan : inherited.values()) {
            orphan.close();
        }
        LiveRoll roll = new LiveRoll(parts);
        open.put(role, roll);
        return roll;
    }

    @Override
    public Drain drain() {
        discovery.run();
        return new LiveDrain(registry);
    }

    /** Every pool that has threads, in the order of discovery. */
    public List<PoolInfo> list() {
        discovery.run();
        List<PoolInfo> all = new ArrayList<>();
        for (Named named : named()) {
            all.add(named.info());
        }
        return all;
    }

    /** Closes the rolls that are open. Workers on their way out still leave; true once none is. */
    public boolean close() {
        for (LiveRoll roll : open.values()) {
            roll.close();
        }
        open.clear();
        threads.ledger().sweep();
        return threads.ledger().rolls().isEmpty();
    }

    private List<Named> named() {
        PoolNames names = new PoolNames();
        List<Named> all = new ArrayList<>();
        for (Pool pool : registry.open()) {
            List<Thread> members = pool.threads();
            if (!members.isEmpty()) {
                all.add(new Named(pool, roles.of(names.name(members), pool)));
            }
        }
        return all;
    }

    private record Named(Pool pool, PoolInfo info) {}
}
