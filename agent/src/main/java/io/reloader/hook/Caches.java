// SPDX-License-Identifier: Apache-2.0
package io.reloader.hook;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Caches of what a library has read out of classes, which may have other annotations, or other bean infos, after a
 * reload. Cleared by what the library itself offers for it, which is safe while others use it. Called off the control
 * thread.
 */
enum Caches {
    INTROSPECTOR("introspector-caches", Map.of("java.beans.Introspector", "flushCaches")),
    SPRING(
            "spring-caches",
            Map.of(
                    "org.springframework.util.ReflectionUtils", "clearCache",
                    "org.springframework.core.annotation.AnnotationUtils", "clearCache",
                    "org.springframework.core.ResolvableType", "clearCache",
                    "org.springframework.beans.CachedIntrospectionResults", "clearClassLoader")),
    JACKSON(
            "jackson-caches",
            Map.of(
                    "com.fasterxml.jackson.databind.type.TypeFactory", "defaultInstance",
                    "tools.jackson.databind.type.TypeFactory", "defaultInstance"));

    private static final String PREFIX = "reloader:";

    private final String key;

    /** By class, the static method to begin with. */
    @SuppressWarnings("ImmutableEnumChecker") // Made by Map.of.
    private final Map<String, String> methods;

    Caches(String key, Map<String, String> methods) {
        this.key = key;
        this.methods = methods;
    }

    static List<Caches> all(List<String> names) {
        List<Caches> all = new ArrayList<>();
        for (Caches each : values()) {
            if (names.contains(PREFIX + each.key)) {
                all.add(each);
            }
        }
        return all;
    }

    /** Clears them in every class loader that has loaded them; what came of it, in one line. */
    String clear(Search search) {
        int cleared = 0;
        StringBuilder faults = new StringBuilder();
        for (Map.Entry<String, String> each : methods.entrySet()) {
            for (Class<?> type : search.loaded(each.getKey())) {
                try {
                    clear(type, each.getValue());
                    cleared++;
                } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
                    faults.append(", ").append(type.getName()).append(" not: ").append(cause(e));
                }
            }
        }
        return "after-reload=" + PREFIX + key + ": " + (cleared == 0 ? "none is in use" : cleared + " cleared")
                + faults;
    }

    private static void clear(Class<?> type, String name) throws ReflectiveOperationException {
        switch (name) {
            case "clearClassLoader" -> type.getMethod(name, ClassLoader.class).invoke(null, type.getClassLoader());
            case "defaultInstance" -> {
                Method clear = type.getMethod("clearCache");
                clear.invoke(type.getMethod(name).invoke(null));
            }
            default -> type.getMethod(name).invoke(null);
        }
    }

    private static Throwable cause(Throwable e) {
        return e.getCause() == null ? e : e.getCause();
    }
}
