// SPDX-License-Identifier: Apache-2.0
package io.reloader.intake;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Looks for an object behind wrappers of unknown make, such as lambdas. */
final class Nearby {
    private static final int NODES = 64;

    private Nearby() {}

    /** Adds the nearest object of this type, itself included, unless it is there already. */
    static void find(@Nullable Object from, String type, List<Object> found) {
        if (from == null) {
            return;
        }
        IdentityHashMap<Object, Boolean> seen = new IdentityHashMap<>();
        Queue<Object> left = new ArrayDeque<>(List.of(from));
        while (!left.isEmpty()) {
            Object at = left.remove();
            if (Foreign.is(at, type)) {
                if (!found.contains(at)) {
                    found.add(at);
                }
                return;
            }
            if (seen.size() < NODES && seen.put(at, true) == null) {
                addFields(at, left);
            }
        }
    }

    private static void addFields(Object of, Queue<Object> to) {
        for (Class<?> up = of.getClass(); up != null && up != Object.class; up = up.getSuperclass()) {
            for (Field field : up.getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers())
                        || field.getType().isPrimitive()
                        || !field.trySetAccessible()) {
                    continue;
                }
                try {
                    Object value = field.get(of);
                    if (value != null) {
                        to.add(value);
                    }
                } catch (IllegalAccessException e) {
                    throw new AssertionError("it was made accessible", e);
                }
            }
        }
    }
}
