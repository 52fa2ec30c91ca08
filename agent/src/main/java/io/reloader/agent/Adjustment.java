// SPDX-License-Identifier: Apache-2.0
package io.reloader.agent;

import io.reloader.options.Option;
import io.reloader.options.Options;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What becomes of the options in force when others are wanted of an agent that runs. */
final class Adjustment {
    private static final Set<Option> LIVE = EnumSet.of(
            Option.WORKERS,
            Option.TASKS,
            Option.TASKS_FOLLOW,
            Option.MERCY,
            Option.ON_TIMEOUT,
            Option.CANARY,
            Option.TERM_DELAY,
            Option.TERM_DEADLINE);

    /** Those that shape the process before its application runs, or say where options come from. */
    private static final Set<Option> AT_START = EnumSet.of(
            Option.STRICT,
            Option.DAEMONIZE,
            Option.LOG,
            Option.REOPEN_LOG,
            Option.PIDFILE,
            Option.READY,
            Option.READY_TIMEOUT,
            Option.CHDIR,
            Option.UMASK,
            Option.USER,
            Option.GROUP);

    private final Map<Option, String> changes = new EnumMap<>(Option.class);
    private final List<String> lines = new ArrayList<>();
    private final Options before;

    Adjustment(Options before, Options wanted) {
        this.before = before;
        for (Option option : wanted.given()) {
            if (option != Option.CONFIG) {
                take(option, before.text(option), wanted.text(option));
            }
        }
    }

    private void take(Option option, String old, String next) {
        String key = option.key();
        if (old.equals(next)) {
            lines.add("- " + key + "=" + next + " already");
        } else if (LIVE.contains(option)) {
            changes.put(option, next);
            lines.add("* " + key + "=" + next + (old.isEmpty() ? "" : ", was " + old));
        } else if (AT_START.contains(option)) {
            lines.add("! " + key + "=" + next + " was not changed: it means something to the start of a process only;"
                    + " restart the process with it");
        } else {
            lines.add("! " + key + "=" + next + " was not changed: the agent that runs keeps "
                    + (old.isEmpty() ? "none" : old) + "; detach, then attach with it");
        }
    }

    /** The options in force from now on. */
    Options result() {
        return before.with(changes);
    }

    /** One for each option that was given, each with its mark. */
    List<String> lines() {
        return List.copyOf(lines);
    }
}
