// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects the bytes that classes have, or would have, where our transformer stands: other agents' transformers before it
 * are in them, those behind it will transform the new bytes in the same way. Written and read by the take-up thread.
 */
final class Capture implements Pass {
    private final Thread owner = Thread.currentThread();
    private final Map<Class<?>, byte[]> bytes = new HashMap<>();

    @Override
    public byte @Nullable [] asked(Class<?> type, byte[] found) {
        if (Thread.currentThread() != owner) {
            return null;
        }
        bytes.put(type, found.clone());
        return found;
    }

    byte @Nullable [] of(Class<?> type) {
        return bytes.get(type);
    }
}
