// SPDX-License-Identifier: Apache-2.0
package io.reloader.agent;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.runtime.ObjectMethods;

/**
 * What the JDK remembers of us for as long as it lives, replaced by something of its own. JDK 17 keeps, with each handle
 * that the methods of records are made of, the last type that it was adapted to, and so that type's class loader.
 */
final class JdkCaches {
    private JdkCaches() {}

    /** Any thread; what does not work leaves the caches as they are. */
    static void forget() {
        try {
            Lookup lookup = MethodHandles.publicLookup();
            MethodHandle component = lookup.findVirtual(Class.class, "getName", MethodType.methodType(String.class));
            adapt("equals", MethodType.methodType(boolean.class, Class.class, Object.class), component);
            adapt("hashCode", MethodType.methodType(int.class, Class.class), component);
            adapt("toString", MethodType.methodType(String.class, Class.class), component);
        } catch (Throwable e) {
            // A JDK that makes records in another way.
            return;
        }
    }

    private static void adapt(String method, MethodType type, MethodHandle component) throws Throwable {
        Object made = ObjectMethods.bootstrap(MethodHandles.lookup(), method, type, Class.class, "c", component);
        if (made == null) {
            throw new IllegalStateException(method);
        }
    }
}
