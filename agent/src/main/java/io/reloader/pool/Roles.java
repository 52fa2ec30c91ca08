// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import io.reloader.control.Role;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/**
 * Decides what a pool is for, best evidence first: the operator's word, what a server holds as its executor, what its
 * workers have been seen doing, the kind of pool and its maker, names. Control thread only.
 */
public final class Roles {
    private static final String UNKNOWN = "nothing says what it is for";

    private final List<Glob> workers;
    private final List<Glob> tasks;
    private final ServingFrames frames = new ServingFrames();

    /** The patterns of {@code workers=} and {@code tasks=}; {@code *} stands for any characters. */
    public Roles(List<String> workers, List<String> tasks) {
        this.workers = Glob.all(workers);
        this.tasks = Glob.all(tasks);
    }

    /** @param served the pools that servers hold as their executors, and why */
    PoolInfo of(String name, Pool pool, IdentityHashMap<Object, String> served) {
        List<Thread> threads = pool.threads();
        Choice choice = choose(name, pool, threads, served);
        return new PoolInfo(name, choice.role(), choice.reason(), threads.size());
    }

    /** Whether nothing said what the pool is for, so that it counts as a worker pool. */
    static boolean guessed(PoolInfo info) {
        return info.reason().equals(UNKNOWN);
    }

    private Choice choose(String name, Pool pool, List<Thread> threads, IdentityHashMap<Object, String> served) {
        Optional<Choice> told = told(name, threads);
        if (told.isPresent()) {
            return told.get();
        }
        String server = served.get(pool.identity());
        if (server != null) {
            return new Choice(Role.WORKER, server);
        }
        Optional<String> seen = pool.pinned() ? Optional.empty() : frames.seen(pool);
        Optional<String> serving = seen.isPresent() ? seen : pool.serving();
        if (serving.isPresent()) {
            return new Choice(Role.WORKER, serving.get());
        }
        Optional<String> background =
                pool.background().isPresent() ? pool.background() : KnownMaker.background(pool.identity(), name);
        return background.map(why -> new Choice(Role.TASK, why)).orElseGet(() -> named(name));
    }

    private Optional<Choice> told(String name, List<Thread> threads) {
        for (Glob glob : workers) {
            if (matches(glob, name, threads)) {
                return Optional.of(new Choice(Role.WORKER, "workers=" + glob.pattern()));
            }
        }
        for (Glob glob : tasks) {
            if (matches(glob, name, threads)) {
                return Optional.of(new Choice(Role.TASK, "tasks=" + glob.pattern()));
            }
        }
        return Optional.empty();
    }

    private static Choice named(String name) {
        for (Glob glob : KnownNames.SERVING) {
            if (glob.matches(name)) {
                return new Choice(Role.WORKER, "it is named like " + glob.pattern());
            }
        }
        for (Glob glob : KnownNames.BACKGROUND) {
            if (glob.matches(name)) {
                return new Choice(Role.TASK, "it is named like " + glob.pattern());
            }
        }
        return new Choice(Role.WORKER, UNKNOWN);
    }

    private static boolean matches(Glob glob, String name, List<Thread> threads) {
        if (glob.matches(name)) {
            return true;
        }
        for (Thread thread : threads) {
            if (glob.matches(thread.getName())) {
                return true;
            }
        }
        return false;
    }

    private record Choice(Role role, String reason) {}
}
