// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/** Reads fields of the application's objects by their names, as in {@code endpoint.executor}; calls nothing. */
final class FieldPath {

    private FieldPath() {}

    /** What the last field holds; null if one is missing, empty or closed to us, or if the path is empty. */
    static @Nullable Object read(Object from, String path) {
        if (path.isEmpty()) {
            return null;
        }
        Object at = from;
        int start = 0;
        while (at != null && start <= path.length()) {
            int dot = path.indexOf('.', start);
            int end = dot < 0 ? path.length() : dot;
            at = field(at, path.substring(start, end));
            start = end + 1;
        }
        return at;
    }

    private static @Nullable Object field(Object from, String name) {
        for (Class<?> type = from.getClass(); type != null; type = type.getSuperclass()) {
            try {
                Field field = type.getDeclaredField(name);
                return field.trySetAccessible() ? field.get(from) : null;
            } catch (NoSuchFieldException e) {
                // Higher up, then.
                continue;
            } catch (IllegalAccessException | LinkageError e) {
                return null;
            }
        }
        return null;
    }
}
