// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The new bytes of a batch, for the take-up thread alone. Another agent that retransforms one of these classes
 * meanwhile must not apply it outside of the batch; it gets the old bytes, and the class is noted.
 */
final class Staged implements Pass {
    private final Thread owner = Thread.currentThread();

    /** Not written once it is handed over. */
    private final Map<Class<?>, byte[]> bytes;

    /** Written and read by the owner. */
    private final Map<Class<?>, Boolean> handedOut = new HashMap<>();

    /** Written by other threads. */
    private final Set<Class<?>> askedByOthers = ConcurrentHashMap.newKeySet();

    Staged(Map<Class<?>, byte[]> bytes) {
        this.bytes = new HashMap<>(bytes);
    }

    @Override
    public byte @Nullable [] asked(Class<?> type, byte[] found) {
        byte[] next = bytes.get(type);
        if (next == null) {
            return null;
        }
        if (Thread.currentThread() != owner) {
            askedByOthers.add(type);
            return null;
        }
        handedOut.put(type, true);
        return next;
    }

    Class<?>[] types() {
        return bytes.keySet().toArray(Class<?>[]::new);
    }

    byte @Nullable [] bytes(Class<?> type) {
        return bytes.get(type);
    }

    boolean complete() {
        return handedOut.size() == bytes.size();
    }

    Set<Class<?>> askedByOthers() {
        return askedByOthers;
    }
}
