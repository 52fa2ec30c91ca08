// SPDX-License-Identifier: Apache-2.0
package io.reloader.intake;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Fields and methods of the application's objects, by name. */
final class Foreign {
    private Foreign() {}

    /** Whether it is the name of this class, or of a copy of it that was relocated into another package. */
    static boolean named(String name, String type) {
        return name.endsWith(type)
                && (name.length() == type.length() || name.charAt(name.length() - type.length() - 1) == '.');
    }

    /** Whether its class or a superclass is named so. */
    static boolean is(Object object, String type) {
        for (Class<?> up = object.getClass(); up != null; up = up.getSuperclass()) {
            if (named(up.getName(), type)) {
                return true;
            }
        }
        return false;
    }

    /** What is at the end of a path of fields, as in {@code endpoint.acceptor}; null where a field is missing or empty. */
    static @Nullable Object get(@Nullable Object from, String path) {
        Object at = from;
        for (String name : path.split("\\.", -1)) {
            Field field = at == null ? null : field(at, name);
            try {
                at = field == null ? null : field.get(at);
            } catch (IllegalAccessException e) {
                return null;
            }
        }
        return at;
    }

    static void set(Object on, String name, Object value) throws ReflectiveOperationException {
        Field field = field(on, name);
        if (field == null) {
            throw new NoSuchFieldException(on.getClass().getName() + "." + name);
        }
        field.set(on, value);
    }

    /** Calls the method of that name and as many parameters. */
    static @Nullable Object call(@Nullable Object on, String name, @Nullable Object... arguments)
            throws ReflectiveOperationException {
        if (on == null) {
            throw new NoSuchMethodException("nothing to call " + name + " of");
        }
        for (Class<?> up = on.getClass(); up != null; up = up.getSuperclass()) {
            for (Method each : up.getDeclaredMethods()) {
                if (each.getName().equals(name)
                        && !each.isBridge()
                        && takes(each, arguments)
                        && each.trySetAccessible()) {
                    return invoke(each, on, arguments);
                }
            }
        }
        throw new NoSuchMethodException(on.getClass().getName() + "." + name);
    }

    /** The port of an address of an internet socket; -1 of anything else. */
    static int port(@Nullable Object address) {
        return address instanceof InetSocketAddress internet ? internet.getPort() : -1;
    }

    private static boolean takes(Method method, @Nullable Object[] arguments) {
        Class<?>[] types = method.getParameterTypes();
        if (types.length != arguments.length) {
            return false;
        }
        for (int i = 0; i < types.length; i++) {
            if (arguments[i] != null && !types[i].isPrimitive() && !types[i].isInstance(arguments[i])) {
                return false;
            }
        }
        return true;
    }

    static @Nullable Object invoke(Method method, @Nullable Object on, @Nullable Object... arguments)
            throws ReflectiveOperationException {
        try {
            return method.invoke(on, arguments);
        } catch (InvocationTargetException e) {
            throw new ReflectiveOperationException(method + " failed", e.getCause());
        }
    }

    private static @Nullable Field field(Object of, String name) {
        for (Class<?> up = of.getClass(); up != null; up = up.getSuperclass()) {
            Field field = declared(up, name);
            if (field != null) {
                return field.trySetAccessible() ? field : null;
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
}
