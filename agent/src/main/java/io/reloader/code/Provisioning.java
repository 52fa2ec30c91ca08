// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import io.reloader.lower.Provision;
import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;

/**
 * Chooses the classes that are given something for changes to come: the application's own, not those of its libraries.
 * Own are class directories, the classes of a fat jar or a WAR, and the first jar of the class path; or what the
 * operator names. Asked on every thread that loads a class.
 */
public final class Provisioning {
    private static final int DEEPEST = 32;

    /** Whether an agent was here before that may have prepared classes. */
    private static final boolean EARLIER = earlier();

    /** Null: the application's own. */
    private final @Nullable Predicate<String> scope;

    private final Path first;

    /**
     * For one JVM.
     *
     * @param scope takes the name of a class, with dots; null for the application's own
     * @param classPath as the JVM was started with it
     */
    public Provisioning(@Nullable Predicate<String> scope, String classPath) {
        this.scope = scope;
        first = Path.of(classPath.split(File.pathSeparator, 2)[0]).toAbsolutePath();
    }

    Provision of(String name, byte[] bytes, Location location) {
        if (!chosen(name, location)) {
            return Provision.NONE;
        }
        OwnFiles all = location.files();
        return Provision.of(
                bytes, above -> chosen(above, location) && all.has(above), type -> serializable(type, all, 0));
    }

    /** What a loaded class was given, by an agent that has left since. */
    static Provision had(Class<?> type) {
        if (!EARLIER) {
            return Provision.NONE;
        }
        try {
            Objects.requireNonNull(type.getDeclaredField(Provision.SLOT));
            Set<String> methods = new HashSet<>();
            for (Method each : type.getDeclaredMethods()) {
                String key = each.getName()
                        + MethodType.methodType(each.getReturnType(), each.getParameterTypes())
                                .toMethodDescriptorString();
                if (each.isSynthetic() && Provision.METHODS.contains(key)) {
                    methods.add(key);
                }
            }
            return new Provision(true, methods);
        } catch (NoSuchFieldException | LinkageError e) {
            return Provision.NONE;
        }
    }

    private static boolean earlier() {
        try {
            Class.forName("java.util.concurrent.ReloaderState", false, null);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private boolean chosen(String name, Location location) {
        Predicate<String> named = scope;
        return named == null
                ? location.directory()
                        || location.inside().endsWith("-INF/classes")
                        || (location.inside().isEmpty() && location.path().equals(first))
                : named.test(Names.type(name));
    }

    /** Whether it is, or may be. */
    private static boolean serializable(String type, OwnFiles all, int depth) {
        if (type.startsWith("java/")) {
            return ofTheJdk(type);
        }
        try {
            byte[] bytes = depth < DEEPEST ? all.read(type) : null;
            return bytes == null
                    || List.of(new ClassReader(bytes).getInterfaces()).stream()
                            .anyMatch(each -> serializable(each, all, depth + 1));
        } catch (IOException | RuntimeException e) {
            return true;
        }
    }

    private static boolean ofTheJdk(String type) {
        try {
            return Serializable.class.isAssignableFrom(Class.forName(Names.type(type), false, null));
        } catch (ClassNotFoundException | LinkageError e) {
            return true;
        }
    }
}
