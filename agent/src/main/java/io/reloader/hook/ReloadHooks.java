// SPDX-License-Identifier: Apache-2.0
package io.reloader.hook;

import io.reloader.control.Journal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Calls the hooks of reloads, and clears caches after them; each time on a thread of its own, one time after the other. */
public final class ReloadHooks {
    private final List<Hook> befores;
    private final List<Hook> afters;
    private final List<Hook> ofWorkers;
    private final List<Caches> caches;
    private final Parts parts;
    private final WorkerHooks workers;

    /** Those that are being called. */
    private final Set<Hook> busy = ConcurrentHashMap.newKeySet();

    /** Ends with the calls that were asked for last; the control thread's, and that of who takes classes up. */
    private volatile CountDownLatch last = new CountDownLatch(0);

    record Parts(Search search, Calls calls, Journal journal, Executor threads, long deadline) {}

    ReloadHooks(List<Hook> hooks, List<Caches> caches, Parts parts, WorkerHooks workers) {
        befores = of(hooks, Moment.BEFORE_RELOAD);
        afters = of(hooks, Moment.AFTER_RELOAD);
        ofWorkers = new ArrayList<>(of(hooks, Moment.WORKER_START));
        ofWorkers.addAll(of(hooks, Moment.WORKER_STOP));
        this.caches = List.copyOf(caches);
        this.parts = parts;
        this.workers = workers;
    }

    private static List<Hook> of(List<Hook> hooks, Moment moment) {
        return hooks.stream().filter(hook -> hook.moment() == moment).toList();
    }

    /** Says now which hooks cannot be called, as far as their classes are on the class path. Off the start-up path. */
    public void check() {
        for (List<Hook> each : List.of(befores, afters, ofWorkers)) {
            for (Hook hook : each) {
                List<Class<?>> types = parts.search.everywhere(hook.type());
                if (types.isEmpty()) {
                    parts.journal.setting(
                            hook + ": " + hook.type()
                                    + " is not on the class path; it is looked for in the application's class loaders when it is due");
                }
                types.forEach(type -> fit(hook, type));
            }
        }
    }

    private void fit(Hook hook, Class<?> type) {
        try {
            Callee.of(type, hook.method());
        } catch (Callee.Unfit e) {
            parts.calls.complaints().unfit(hook, String.valueOf(e.getMessage()));
        }
    }

    /** A reload of this number is about to look for changed classes. {@code wait}: until the hooks have ended, or are late. */
    public void before(int number, Map<String, Object> facts, boolean wait) {
        workers.reloading(number);
        CountDownLatch done = begin(() -> {
            parts.calls.complaints().begin();
            befores.forEach(hook -> call(hook, facts));
            ofWorkers.forEach(this::look);
        });
        if (wait && !befores.isEmpty()) {
            await(done);
        }
    }

    /** Its verdict has been told. {@code applied}: whether it was not refused. Returns at once. */
    public void after(Map<String, Object> facts, boolean applied) {
        if (afters.isEmpty() && caches.isEmpty()) {
            return;
        }
        begin(() -> {
            if (applied) {
                caches.forEach(each -> parts.journal.detail(each.clear(parts.search)));
            }
            afters.forEach(hook -> call(hook, facts));
        });
    }

    private CountDownLatch begin(Runnable work) {
        CountDownLatch former = last;
        CountDownLatch done = new CountDownLatch(1);
        last = done;
        parts.threads.execute(() -> {
            try {
                await(former);
                work.run();
            } finally {
                done.countDown();
            }
        });
        return done;
    }

    private void await(CountDownLatch latch) {
        try {
            boolean ignored = latch.await(parts.deadline, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void call(Hook hook, Map<String, Object> facts) {
        if (!busy.add(hook)) {
            parts.calls.complaints().unfit(hook, "it has not ended since an earlier reload; see to it that it ends");
            return;
        }
        try {
            look(hook).forEach(type -> call(hook, type, facts));
        } finally {
            busy.remove(hook);
        }
    }

    /** As code of the application's would call it. */
    private void call(Hook hook, Class<?> type, Map<String, Object> facts) {
        Thread me = Thread.currentThread();
        me.setContextClassLoader(type.getClassLoader());
        try {
            parts.calls.call(hook, type, facts);
        } finally {
            me.setContextClassLoader(null);
        }
    }

    private List<Class<?>> look(Hook hook) {
        List<Class<?>> types = parts.search.everywhere(hook.type());
        if (types.isEmpty()) {
            parts.calls
                    .complaints()
                    .unfit(hook, "no class loader has " + hook.type() + "; deploy it, or correct the option");
        }
        return types;
    }
}
