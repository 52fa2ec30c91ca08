// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import io.reloader.control.Role;
import java.util.EnumMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Which reload each thread is younger than: thread ids only grow, so one id a reload is enough. Control thread only. */
final class Generations {
    private static final int KEPT = 1000;

    private final Map<Role, NavigableMap<Long, Integer>> marks = new EnumMap<>(Role.class);

    void begin(Role role, long lastOldThread, int generation) {
        NavigableMap<Long, Integer> of = of(role);
        of.put(lastOldThread, generation);
        if (of.size() > KEPT) {
            of.pollFirstEntry();
        }
    }

    /** The generation of a thread with this id in a pool of this role. */
    int of(Role role, long thread) {
        Map.Entry<Long, Integer> mark = of(role).lowerEntry(thread);
        return mark == null ? 0 : mark.getValue();
    }

    int latest(Role role) {
        return of(role, Long.MAX_VALUE);
    }

    private NavigableMap<Long, Integer> of(Role role) {
        return marks.computeIfAbsent(role, each -> new TreeMap<>());
    }
}
