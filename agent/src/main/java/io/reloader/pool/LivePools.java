// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import io.reloader.control.Drain;
import io.reloader.control.PoolStatus;
import io.reloader.control.Pools;
import io.reloader.control.Role;
import io.reloader.control.Roll;
import io.reloader.control.WorkerStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ReloaderHooks;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** All pools of this JVM, of every kind. Made by the composition root; everything else on the control thread. */
public final class LivePools implements Pools {
    /** So many busy workers are asked where they are, which stops each for a moment. */
    private static final int PLACES = 100;

    private volatile Roles roles;
    private final Threads threads;
    private final Registry registry = new Registry();
    private final Servers servers = new Servers(registry);
    private final Generations generations = new Generations();
    private final Sightings sightings = new Sightings();
    private final Kinds kinds;
    private final Discovery discovery;
    private final PoolHooks hooks;
    private final Map<Role, LiveRoll> open = new EnumMap<>(Role.class);

    /**
     * What the pools need of the agent.
     *
     * @param wake has the control thread look again soon; called by workers, so it must neither block nor throw
     * @param signals told of each signal handler that is registered
     * @param trouble told, in one line, of each kind that is not known; called by any thread
     * @param turns how threads that keep on running come to the new code
     * @param refused whether the hooks could not be woven into this pool class
     * @param workers told of each worker
     */
    public record Agent(
            Runnable wake,
            Consumer<Object> signals,
            Consumer<String> trouble,
            Predicate<Class<?>> refused,
            Turns turns,
            WorkerWatch workers) {}

    /**
     * Needs java.lang and java.util.concurrent open to this class's module.
     *
     * @param batch how many workers of a pool may be missing at once
     * @throws ReflectiveOperationException if this JDK's threads are not the known ones
     */
    public LivePools(Roles roles, int batch, Agent agent) throws ReflectiveOperationException {
        this.roles = roles;
        threads = Threads.create();
        Lives lives = new Lives(agent.workers());
        List<PoolFamily> families =
                families(new Tools(threads, registry, agent.turns(), agent.wake(), batch, lives), servers);
        kinds = new Kinds(families, agent.trouble(), agent.refused());
        discovery = new Discovery(kinds, threads, registry);
        hooks = new PoolHooks(threads, registry, kinds, agent.signals(), lives);
        for (PoolFamily each : families) {
            each.prepare(kinds);
        }
    }

    /** All that is known: a kind is added by its line here. */
    private static List<PoolFamily> families(Tools tools, Servers servers) {
        return List.of(
                new ExecutorFamily(tools),
                new TomcatFamily(tools),
                new EnhancedQueueFamily(tools),
                new JettyFamily(tools),
                new ForkJoinFamily(tools),
                new NettyFamily(tools),
                new KnownThreadFamily(tools, servers),
                new FreshFamily(tools));
    }

    /** Has woven code ask these pools; to be called before anything is woven. */
    public void hook() {
        ReloaderHooks.handler = hooks;
        for (PoolFamily each : kinds.families()) {
            each.hook(kinds);
        }
    }

    /** Which pools are worker pools from the next look on. Any thread. */
    public void reassign(Roles next) {
        roles = next;
    }

    /** Woven code does nothing from here on, and no class of the application's leads to us. */
    public void unhook() {
        for (PoolFamily each : kinds.families()) {
            each.unhook();
        }
        ReloaderHooks.handler = null;
        kinds.forget();
    }

    /** Notes the threads that are there already. To be called once after weaving, while they are as they were born. */
    public void discover() {
        discovery.run();
        for (PoolFamily each : kinds.families()) {
            each.discover();
        }
    }

    /** Shows each live thread, and what is within reach of what it runs, nearest first, until one is taken. Any thread. */
    public void search(Predicate<Object> taken) {
        discovery.search(taken);
    }

    @Override
    public Roll roll(Role role, int generation) {
        // Threads made from here on run the new code; a worker whose thread is older is behind, whenever it starts.
        long lastOldThread = threads.access().id(new Thread("reloader-mark"));
        generations.begin(role, lastOldThread, generation);
        IdentityHashMap<Object, PoolRoll> inherited = new IdentityHashMap<>();
        LiveRoll former = open.get(role);
        if (former != null) {
            former.handOver(inherited);
        }
        discover();
        List<LiveRoll.Part> parts = new ArrayList<>();
        List<String> remarks = new ArrayList<>();
        for (Named named : named()) {
            if (named.info().role() != role) {
                continue;
            }
            PoolRoll roll = named.pool().roll(lastOldThread);
            inherited.remove(roll.pool());
            parts.add(new LiveRoll.Part(named.info().name(), roll));
            if (Roles.guessed(named.info())) {
                remarks.add(named.info().name() + " counts as a worker pool: "
                        + named.info().reason() + "; name it in workers= or tasks=");
            }
        }
        for (PoolRoll orphan : inherited.values()) {
            orphan.close();
        }
        LiveRoll roll = new LiveRoll(parts, remarks);
        open.put(role, roll);
        return roll;
    }

    @Override
    public Collection<Thread> threads(Role role) {
        discover();
        List<Thread> all = new ArrayList<>();
        for (Named named : named()) {
            if (named.info().role() == role) {
                all.addAll(named.pool().threads());
            }
        }
        return all;
    }

    @Override
    public Drain drain() {
        discover();
        return new LiveDrain(registry, kinds);
    }

    /** Every pool that has threads, in the order of discovery. */
    public List<PoolInfo> list() {
        discover();
        List<PoolInfo> all = new ArrayList<>();
        for (Named named : named()) {
            all.add(named.info());
        }
        return all;
    }

    /**
     * Asks the pools, not the workers: nothing is paid for a task. How long a worker has been at it is known from one call
     * to the next only, so whoever wants to tell calls this at intervals.
     */
    @Override
    public List<PoolStatus> status() {
        discover();
        long now = System.nanoTime();
        int places = PLACES;
        List<PoolStatus> all = new ArrayList<>();
        for (Named named : named()) {
            List<WorkerStatus> workers = new ArrayList<>();
            for (WorkerLook look : named.pool().workers()) {
                boolean told = look.busy() && places-- > 0;
                workers.add(worker(named, look, now, told ? Stacks.place(look.thread()) : ""));
            }
            all.add(status(named, workers));
        }
        return all;
    }

    private static PoolStatus status(Named named, List<WorkerStatus> workers) {
        PoolInfo info = named.info();
        Pool pool = named.pool();
        return new PoolStatus(
                info.name(),
                pool.identity().getClass().getName(),
                info.role(),
                info.reason(),
                Objects.requireNonNullElse(pool.pin(), ""),
                pool.look().queued(),
                pool.waiting(),
                workers);
    }

    private WorkerStatus worker(Named named, WorkerLook look, long now, String place) {
        Role role = named.info().role();
        int generation = named.pool().pinned()
                ? generations.latest(role)
                : generations.of(role, threads.access().id(look.thread()));
        long since = sightings.since(look, now);
        return new WorkerStatus(look.thread().getName(), look.busy(), now - since, generation, look.completed(), place);
    }

    /** Closes the rolls that are open. Workers on their way out still leave; true once none is. */
    public boolean close() {
        for (LiveRoll roll : open.values()) {
            roll.close();
        }
        open.clear();
        threads.ledger().sweep();
        boolean settled = threads.ledger().rolls().isEmpty();
        for (PoolFamily each : kinds.families()) {
            settled &= each.settled();
        }
        return settled;
    }

    private List<Named> named() {
        PoolNames names = new PoolNames();
        IdentityHashMap<Object, String> served = servers.pools();
        List<Named> all = new ArrayList<>();
        for (Pool pool : registry.open(kinds)) {
            List<Thread> members = pool.threads();
            if (!members.isEmpty()) {
                all.add(new Named(pool, roles.of(names.name(members), pool, served)));
            }
        }
        return all;
    }

    private record Named(Pool pool, PoolInfo info) {}
}
