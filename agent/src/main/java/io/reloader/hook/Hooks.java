// SPDX-License-Identifier: Apache-2.0
package io.reloader.hook;

import io.reloader.control.Journal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** All hooks of one agent. Made off the start-up path, only where the operator has named any. */
public final class Hooks {
    private final ReloadHooks reloads;
    private final WorkerHooks workers;

    /**
     * @param names by moment, as the option has them
     * @param loaded all classes of the JVM that are loaded now
     * @param threads makes a thread for each piece of work, which must keep no host alive
     * @param deadline in nanoseconds
     */
    public Hooks(
            Map<Moment, List<String>> names,
            Supplier<Class<?>[]> loaded,
            Executor threads,
            Journal journal,
            long deadline) {
        List<Hook> all = new ArrayList<>();
        names.forEach((moment, each) -> all.addAll(Hook.all(moment, each)));
        Search search = new Search(loaded, threads);
        Calls calls = new Calls(new Complaints(journal), new Lateness(threads, journal, deadline));
        workers = new WorkerHooks(
                Hook.all(Moment.WORKER_START, names.getOrDefault(Moment.WORKER_START, List.of())),
                Hook.all(Moment.WORKER_STOP, names.getOrDefault(Moment.WORKER_STOP, List.of())),
                search,
                calls);
        reloads = new ReloadHooks(
                all,
                Caches.all(names.getOrDefault(Moment.AFTER_RELOAD, List.of())),
                new ReloadHooks.Parts(search, calls, journal, threads, deadline),
                workers);
    }

    public ReloadHooks reloads() {
        return reloads;
    }

    public WorkerHooks workers() {
        return workers;
    }
}
