// SPDX-License-Identifier: Apache-2.0
package io.reloader.agent;

import io.reloader.control.Command;
import io.reloader.control.Events;
import io.reloader.control.Verdict;
import io.reloader.hook.Hooks;
import io.reloader.hook.Moment;
import io.reloader.hook.ReloadHooks;
import io.reloader.hook.WorkerHooks;
import io.reloader.options.Option;
import io.reloader.pool.WorkerWatch;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The hooks that the operator has named, if there are any: nothing of them is loaded otherwise. Arming thread. */
final class NamedHooks {
    private final @Nullable Hooks hooks;
    private final boolean ofWorkers;

    NamedHooks(Setup setup) {
        Map<Moment, List<String>> names = new EnumMap<>(Moment.class);
        put(names, Moment.BEFORE_RELOAD, setup, Option.BEFORE_RELOAD);
        put(names, Moment.AFTER_RELOAD, setup, Option.AFTER_RELOAD);
        put(names, Moment.WORKER_START, setup, Option.ON_WORKER_START);
        put(names, Moment.WORKER_STOP, setup, Option.ON_WORKER_STOP);
        ofWorkers = names.containsKey(Moment.WORKER_START) || names.containsKey(Moment.WORKER_STOP);
        hooks = names.isEmpty()
                ? null
                : new Hooks(
                        names,
                        setup.instrumentation()::getAllLoadedClasses,
                        AgentThreads.named("reloader-hook"),
                        setup.journal(),
                        setup.options().nanos(Option.HOOK_DEADLINE));
    }

    private static void put(Map<Moment, List<String>> names, Moment moment, Setup setup, Option option) {
        List<String> hooks = setup.options().hooks(option);
        if (!hooks.isEmpty()) {
            names.put(moment, hooks);
        }
    }

    /** Who is to be told of workers. */
    WorkerWatch workers() {
        return hooks == null || !ofWorkers ? WorkerWatch.NOBODY : new Watch(hooks.workers());
    }

    void bind(Told told) {
        if (hooks != null) {
            told.bind(new ReloadWatch(hooks.reloads()));
        }
    }

    /** Off the way to READY: it asks the application's class loaders. */
    void check() {
        if (hooks != null) {
            hooks.reloads().check();
        }
    }

    private record Watch(WorkerHooks hooks) implements WorkerWatch {
        @Override
        public void began(Object pool, String name) {
            hooks.began(pool, name);
        }

        @Override
        public void left(Object pool, String name) {
            hooks.left(pool, name);
        }
    }

    private record ReloadWatch(ReloadHooks hooks) implements Events {
        @Override
        public void preparing(int number, Command command) {
            // Code that fails must not wait for a hook to be put back.
            hooks.before(number, facts(number, command), command != Command.ROLL_BACK);
        }

        @Override
        public void ended(Verdict verdict, int changed) {
            Map<String, Object> facts = new HashMap<>(facts(verdict.number(), verdict.command()));
            facts.put("verdict", verdict.outcome().name().toLowerCase(Locale.ROOT));
            facts.put("line", verdict.line());
            facts.put("changed", changed);
            hooks.after(Map.copyOf(facts), changed > 0);
        }

        private static Map<String, Object> facts(int number, Command command) {
            return Map.of(
                    "reload",
                    number,
                    "pools",
                    command == Command.RELOAD_TASKS ? "tasks" : "workers",
                    "rollback",
                    command == Command.ROLL_BACK);
        }
    }
}
