// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import io.reloader.control.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides what a pool is for: the operator's word, then the kind of pool, then names known to be background work. */
public final class Roles {
    /** Only names that no request is ever served under: a worker pool taken for a task pool would keep old code. */
    private static final List<Glob> BACKGROUND = globs(List.of(
            "HikariPool*",
            "*housekeep*",
            "*scheduler*",
            "scheduling-*",
            "scheduled-*",
            "*timer*",
            "*cron*",
            "*cleaner*",
            "*reaper*",
            "*metrics*",
            "*watchdog*",
            "mysql-cj-abandoned*",
            "RMI *",
            "OkHttp *"));

    private final List<Glob> workers;
    private final List<Glob> tasks;

    /** The patterns of {@code workers=} and {@code tasks=}; {@code *} stands for any characters. */
    public Roles(List<String> workers, List<String> tasks) {
        this.workers = globs(workers);
        this.tasks = globs(tasks);
    }

    PoolInfo of(String name, Pool pool) {
        List<Thread> threads = pool.threads();
        Choice choice = choose(name, threads, pool.background());
        return new PoolInfo(name, choice.role(), choice.reason(), threads.size());
    }

    private Choice choose(String name, List<Thread> threads, Optional<String> background) {
        for (Glob glob : workers) {
            if (matches(glob, name, threads)) {
                return new Choice(Role.WORKER, "workers=" + glob.pattern());
            }
        }
        for (Glob glob : tasks) {
            if (matches(glob, name, threads)) {
                return new Choice(Role.TASK, "tasks=" + glob.pattern());
            }
        }
        if (background.isPresent()) {
            return new Choice(Role.TASK, background.get());
        }
        for (Glob glob : BACKGROUND) {
            if (glob.matches(name)) {
                return new Choice(Role.TASK, "it is named like " + glob.pattern());
            }
        }
        return new Choice(Role.WORKER, "nothing says that it runs background work");
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

    private static List<Glob> globs(List<String> patterns) {
        List<Glob> globs = new ArrayList<>();
        for (String pattern : patterns) {
            globs.add(new Glob(pattern));
        }
        return List.copyOf(globs);
    }

    private record Choice(Role role, String reason) {}
}
