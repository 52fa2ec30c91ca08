// SPDX-License-Identifier: Apache-2.0
package io.reloader.hook;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Map;

/** A hook's method in one class loader's class. Called on any thread. */
final class Callee {
    private final Method method;

    private Callee(Method method) {
        this.method = method;
    }

    /** @throws Unfit if the class has no such method that can be called */
    static Callee of(Class<?> type, String name) throws Unfit {
        Method found = null;
        for (Method each : methods(type)) {
            if (each.getName().equals(name) && (found == null || rank(each) > rank(found))) {
                found = each;
            }
        }
        if (found == null) {
            throw new Unfit(type.getName() + " has no method " + name + "; add it, or correct the option");
        }
        if (!Modifier.isStatic(found.getModifiers())) {
            throw new Unfit(type.getName() + "." + name + " is not static; make it static");
        }
        if (!takesFacts(found) && found.getParameterCount() > 0) {
            throw new Unfit(
                    type.getName() + "." + name + " takes other parameters; give it none, or one java.util.Map");
        }
        try {
            found.setAccessible(true);
        } catch (RuntimeException e) {
            throw new Unfit(type.getName() + "." + name + " is out of reach (" + e.getMessage()
                    + "); make it and its class public, in an exported package");
        }
        return new Callee(found);
    }

    private static Method[] methods(Class<?> type) throws Unfit {
        try {
            return type.getDeclaredMethods();
        } catch (LinkageError e) {
            throw new Unfit(type.getName() + " cannot be linked (" + e + "); deploy what it needs");
        }
    }

    /** Of several of one name the one that can be told most. */
    private static int rank(Method method) {
        int callable = Modifier.isStatic(method.getModifiers()) ? 4 : 0;
        return callable + (takesFacts(method) ? 2 : method.getParameterCount() == 0 ? 1 : 0);
    }

    private static boolean takesFacts(Method method) {
        return method.getParameterCount() == 1 && method.getParameterTypes()[0] == Map.class;
    }

    /** @throws Throwable whatever the method throws */
    void call(Map<String, Object> facts) throws Throwable {
        try {
            if (takesFacts(method)) {
                method.invoke(null, facts);
            } else {
                method.invoke(null);
            }
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    /** Why a method cannot be called, with the remedy. */
    static final class Unfit extends Exception {
        private static final long serialVersionUID = 1L;

        Unfit(String line) {
            super(line);
        }
    }
}
