// SPDX-License-Identifier: Apache-2.0
package io.reloader.hook;

import java.util.List;
import java.util.Map;

/** Calls the hooks of workers. On the worker's own thread; nothing escapes. */
public final class WorkerHooks {
    private final List<Hook> starts;
    private final List<Hook> stops;
    private final Search search;
    private final Calls calls;

    /** The last reload that has begun. */
    private volatile int reload;

    WorkerHooks(List<Hook> starts, List<Hook> stops, Search search, Calls calls) {
        this.starts = List.copyOf(starts);
        this.stops = List.copyOf(stops);
        this.search = search;
        this.calls = calls;
    }

    /** The current thread is a worker of this pool and has not had a unit of work. */
    public void began(Object pool, String name) {
        call(starts, pool, name);
    }

    /** The current thread was a worker of this pool and has left it. */
    public void left(Object pool, String name) {
        call(stops, pool, name);
    }

    void reloading(int number) {
        reload = number;
    }

    private void call(List<Hook> hooks, Object pool, String name) {
        for (Hook hook : hooks) {
            try {
                // One that is nowhere yet is told with the next reload: its application may still be on its way.
                for (Class<?> type : search.near(hook.type(), pool)) {
                    calls.call(hook, type, facts(name));
                }
            } catch (Throwable e) {
                // Out of stack or memory: the worker serves on.
                return;
            }
        }
    }

    private Map<String, Object> facts(String pool) {
        return Map.of("pool", pool, "thread", Thread.currentThread().getName(), "reload", reload);
    }
}
