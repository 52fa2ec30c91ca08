// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.lang.ref.WeakReference;
import java.util.Map;

/** A class that holds two versions of itself until it settles. Take-up thread only. */
record TwoVersions(LoaderTable table, String name, WeakReference<Class<?>> type) {

    static TwoVersions of(Candidate candidate, Class<?> type) {
        return new TwoVersions(candidate.table(), candidate.name(), new WeakReference<>(type));
    }

    boolean is(Candidate candidate) {
        return table == candidate.table() && name.equals(candidate.name());
    }

    /** Adds the bytes of the new version alone, unless the class has been unloaded. */
    void addNew(Map<Class<?>, byte[]> bytes) {
        Class<?> loaded = type.get();
        Live live = table.get(name);
        if (loaded != null && live != null && live.version() != null) {
            bytes.put(loaded, live.version().runs());
        }
    }

    /** A companion goes where its class goes. */
    void turnCompanionBack() {
        Live live = table.get(name);
        if (Companions.is(name)
                && live != null
                && live.version() != null
                && live.version().beside()) {
            table.put(name, live.with(live.version().instead()));
        }
    }

    /** Hands out the new version alone from here on. */
    void settle() {
        Live live = table.get(name);
        if (live != null && live.version() != null) {
            table.put(name, live.settled());
        }
    }
}
