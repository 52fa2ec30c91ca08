// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import io.reloader.lower.Homes;
import java.lang.ref.WeakReference;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the classes of one class loader have had added since they were loaded. Take-up thread only. */
final class Companions {
    private static final String MARK = "$$reloader";

    private final Map<String, Homes> homes = new TreeMap<>();
    private final Map<String, WeakReference<Class<?>>> defined = new HashMap<>();
    private int last;

    /** Whether a class is a companion, by its name. */
    static boolean is(String name) {
        return name.contains(MARK);
    }

    /** A name for one that this class has not had. */
    String fresh(String owner) {
        return owner + MARK + (last + 1);
    }

    /** From here on, names given before have been used. */
    void next() {
        last++;
    }

    Homes homes(String owner) {
        return homes.getOrDefault(owner, Homes.NONE);
    }

    void homes(String owner, Homes all) {
        homes.put(owner, all);
    }

    Latecomers.Added added() {
        return new Latecomers.Added(homes);
    }

    /** The classes that have had something added. */
    Collection<String> owners() {
        return List.copyOf(homes.keySet());
    }

    void defined(String name, Class<?> type) {
        defined.put(name, new WeakReference<>(type));
    }

    @Nullable
    Class<?> type(String name) {
        WeakReference<Class<?>> type = defined.get(name);
        return type == null ? null : type.get();
    }
}
