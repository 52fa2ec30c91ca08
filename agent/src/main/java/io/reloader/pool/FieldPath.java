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
            Field field = declared(type, name);
            if (field != null) {
                return value(field, from);
            }
        }
        return null;
    }

    private static @Nullable Field declared(Class<?> type, String name) {
        try {
            return type.getDeclaredField(name);
        } catch (NoSuchFieldException | LinkageError e) {
            return null;
        }
    }

    private static @Nullable Object value(Field field, Object from) {
        try {
            return field.trySetAccessible() ? field.get(from) : null;
        } catch (IllegalAccessException e) {
            return null;
        }
    }
}
