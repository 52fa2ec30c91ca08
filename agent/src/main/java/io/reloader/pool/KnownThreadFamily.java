// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Threads of no pool that the table {@link KnownThread} knows. */
final class KnownThreadFamily implements PoolFamily {
    private final ThreadAccess threads;
    private final Servers servers;
    private final Turns turns;
    /** By what the threads have in common. Control thread only. */
    private final WeakIdentityMap<Object, Map<KnownThread, KnownThreads>> groups = new WeakIdentityMap<>();

    KnownThreadFamily(Tools tools, Servers servers) {
        this.turns = tools.turns();
        this.threads = tools.threads().access();
        this.servers = servers;
    }

    @Override
    public @Nullable Class<?> poolClass(Class<?> met) {
        return met == KnownThreads.class || row(met) != null ? met : null;
    }

    private static @Nullable KnownThread row(Class<?> met) {
        for (KnownThread each : KnownThread.values()) {
            if (Suffix.matches(met.getName(), each.shape.type())) {
                return each;
            }
        }
        return null;
    }

    @Override
    public PoolKind open(Class<?> pool) {
        return new Kind(row(pool));
    }

    private @Nullable KnownThreads place(KnownThread row, Object met, Thread thread) {
        ThreadShape shape = row.shape;
        boolean own = shape.thread().isEmpty()
                ? met == thread || met == threads.target(thread)
                : FieldPath.read(met, shape.thread()) == thread;
        if (!own) {
            return null;
        }
        Object executor = FieldPath.read(met, shape.executor());
        if (executor != null) {
            servers.executes(executor, thread);
        }
        Object common = FieldPath.read(met, shape.group());
        KnownThreads group = group(row, common == null ? met : common);
        group.add(thread);
        return group;
    }

    private KnownThreads group(KnownThread row, Object common) {
        Map<KnownThread, KnownThreads> rows = groups.get(common);
        if (rows == null) {
            rows = new EnumMap<>(KnownThread.class);
            groups.putIfAbsent(common, rows);
        }
        return rows.computeIfAbsent(row, KnownThreads::new);
    }

    /** One class of the table, or, without a row, the class of groups. */
    private final class Kind implements PoolKind {
        private final @Nullable KnownThread row;

        Kind(@Nullable KnownThread row) {
            this.row = row;
        }

        @Override
        public @Nullable Object poolOf(Object met, Thread thread) {
            return row == null ? null : place(row, met, thread);
        }

        @Override
        public Pool open(Object pool) {
            return new KnownPool((KnownThreads) pool, turns);
        }
    }
}
