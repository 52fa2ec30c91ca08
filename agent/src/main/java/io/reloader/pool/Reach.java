// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Looks from one object of the application at those nearby, nearest first. Reads fields, calls nothing of theirs. */
final class Reach {
    private static final int NODES = 256;

    private final int depth;
    private final Map<Class<?>, List<Field>> fields = new HashMap<>();

    /** Not to be kept: it remembers classes. */
    Reach(int depth) {
        this.depth = depth;
    }

    /** Whether one within reach is what is sought; the search ends there. */
    boolean find(Object from, Predicate<Object> sought) {
        IdentityHashMap<Object, Boolean> seen = new IdentityHashMap<>();
        Queue<Object> level = new ArrayDeque<>(List.of(from));
        seen.put(from, true);
        for (int at = 0; at <= depth && !level.isEmpty(); at++) {
            Queue<Object> next = new ArrayDeque<>();
            for (Object object : level) {
                if (sought.test(object)) {
                    return true;
                }
                for (Object neighbour : neighbours(object)) {
                    if (seen.size() < NODES && seen.put(neighbour, true) == null) {
                        next.add(neighbour);
                    }
                }
            }
            level = next;
        }
        return false;
    }

    private List<Object> neighbours(Object object) {
        List<Object> all = new ArrayList<>();
        if (object instanceof Object[] array) {
            for (int i = 0; i < Math.min(Array.getLength(array), NODES); i++) {
                addIfWorthwhile(all, array[i]);
            }
            return all;
        }
        for (Class<?> type = object.getClass(); worthwhile(type); type = type.getSuperclass()) {
            for (Field field : fields.computeIfAbsent(type, Reach::fieldsOf)) {
                try {
                    addIfWorthwhile(all, field.get(object));
                } catch (IllegalAccessException e) {
                    throw new AssertionError("fieldsOf returns what may be read", e);
                }
            }
        }
        return all;
    }

    private static boolean worthwhile(@Nullable Class<?> type) {
        return type != null && type != Thread.class && type != Object.class;
    }

    private static void addIfWorthwhile(List<Object> all, @Nullable Object value) {
        if (value != null
                && !(value instanceof Class
                        || value instanceof String
                        || value instanceof ClassLoader
                        || value instanceof Thread
                        || value instanceof ThreadGroup)) {
            all.add(value);
        }
    }

    private static List<Field> fieldsOf(Class<?> type) {
        List<Field> open = new ArrayList<>();
        try {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())
                        && !field.getType().isPrimitive()
                        && field.trySetAccessible()) {
                    open.add(field);
                }
            }
        } catch (LinkageError e) {
            // A field's class is missing: such a class is not looked into.
            return List.of();
        }
        return open;
    }
}
