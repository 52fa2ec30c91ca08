// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Finds the pools of threads that are older than the agent: from each thread through what it runs to its worker, as
 * factories wrap that in classes of their own. Reads fields, calls nothing of the application's. On the control thread.
 */
final class Discovery {
    private static final int DEPTH = 4;
    private static final int NODES = 256;

    private final Kinds kinds;
    private final Threads threads;
    private final Registry registry;

    Discovery(Kinds kinds, Threads threads, Registry registry) {
        this.kinds = kinds;
        this.threads = threads;
        this.registry = registry;
    }

    void run() {
        Map<Class<?>, List<Field>> fields = new HashMap<>();
        for (Thread thread : live()) {
            Object target = threads.access().target(thread);
            if (target != null && search(thread, target, fields)) {
                continue;
            }
            search(thread, thread, fields);
        }
    }

    private static List<Thread> live() {
        ThreadGroup root = Thread.currentThread().getThreadGroup();
        for (ThreadGroup up = root.getParent(); up != null; up = up.getParent()) {
            root = up;
        }
        Thread[] found = new Thread[root.activeCount() + 64];
        int count = root.enumerate(found, true);
        while (count == found.length) {
            found = new Thread[count * 2];
            count = root.enumerate(found, true);
        }
        return Arrays.asList(found).subList(0, count);
    }

    private boolean search(Thread thread, Object from, Map<Class<?>, List<Field>> fields) {
        IdentityHashMap<Object, Boolean> seen = new IdentityHashMap<>();
        Queue<Object> level = new ArrayDeque<>(List.of(from));
        seen.put(from, true);
        for (int depth = 0; depth <= DEPTH && !level.isEmpty(); depth++) {
            Queue<Object> next = new ArrayDeque<>();
            for (Object object : level) {
                if (found(thread, object)) {
                    return true;
                }
                for (Object neighbour : neighbours(object, fields)) {
                    if (seen.size() < NODES && seen.put(neighbour, true) == null) {
                        next.add(neighbour);
                    }
                }
            }
            level = next;
        }
        return false;
    }

    private boolean found(Thread thread, Object object) {
        PoolKind kind = kinds.of(object);
        Object pool = kind == null ? null : kind.poolOf(object, thread);
        if (pool == null) {
            return false;
        }
        threads.births().record(thread);
        registry.add(pool);
        return true;
    }

    private List<Object> neighbours(Object object, Map<Class<?>, List<Field>> fields) {
        List<Object> all = new ArrayList<>();
        if (object instanceof Object[] array) {
            for (int i = 0; i < Math.min(Array.getLength(array), NODES); i++) {
                addIfWorthwhile(all, array[i]);
            }
            return all;
        }
        for (Class<?> type = object.getClass(); worthwhile(type); type = type.getSuperclass()) {
            for (Field field : fields.computeIfAbsent(type, Discovery::fieldsOf)) {
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
