// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.nio.channels.Selector;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The selectors whose threads a pool lends: its budget knows who has leased some. Woken, a selector's thread looks at
 * its keys, finds none and selects again, which is where it may stop. Control thread only.
 */
final class JettySelectors {

    private JettySelectors() {}

    /** Harmless for those whose thread is new. */
    static void wake(Object pool) {
        try {
            Object budget = value(pool, "_budget");
            if (budget != null && value(budget, "leases") instanceof Set<?> leases) {
                for (Object lease : leases.toArray()) {
                    wakeOf(value(lease, "leasee"));
                }
            }
        } catch (ReflectiveOperationException | RuntimeException e) {
            // Of an unknown shape: they stop when they are woken by a connection.
            return;
        }
    }

    private static void wakeOf(@Nullable Object leasee) throws ReflectiveOperationException {
        Object selectors = leasee == null ? null : value(leasee, "_selectors");
        int count = selectors instanceof Object[] ? Array.getLength(selectors) : 0;
        for (int i = 0; i < count; i++) {
            Object managed = Array.get(selectors, i);
            if (managed != null && value(managed, "_selector") instanceof Selector selector) {
                selector.wakeup();
            }
        }
    }

    /** Null if there is no such field. */
    private static @Nullable Object value(Object object, String name) throws IllegalAccessException {
        for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (field.getName().equals(name)) {
                    field.setAccessible(true);
                    return field.get(object);
                }
            }
        }
        return null;
    }
}
