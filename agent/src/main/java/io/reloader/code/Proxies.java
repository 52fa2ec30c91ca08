// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Classes that a framework has made to stand in for those that they extend. Lives for one reload; take-up thread only. */
final class Proxies {
    private static final Pattern MADE = Pattern.compile(
            ".*(\\$\\$EnhancerBy|\\$\\$SpringCGLIB\\$\\$|\\$HibernateProxy|\\$ByteBuddy\\$|_\\$\\$_|\\$Proxy\\$"
                    + "|_ClientProxy|_Subclass).*");

    private final Instrumentation instrumentation;
    private @Nullable Map<Class<?>, String> byOriginal;

    Proxies(Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
    }

    /** The name of one that extends this class; null if there is none. */
    @Nullable
    String of(@Nullable Class<?> type) {
        if (byOriginal == null) {
            Map<Class<?>, String> found = new HashMap<>();
            for (Class<?> each : instrumentation.getAllLoadedClasses()) {
                if (Proxy.isProxyClass(each)) {
                    for (Class<?> above : each.getInterfaces()) {
                        found.put(above, each.getName());
                    }
                }
                if (!each.isArray() && MADE.matcher(each.getName()).matches()) {
                    for (Class<?> at = each.getSuperclass(); at != null; at = at.getSuperclass()) {
                        found.put(at, each.getName());
                    }
                }
            }
            byOriginal = found;
        }
        return type == null ? null : byOriginal.get(type);
    }

    /** A loaded class whose objects are of both; null if there is none. */
    @Nullable
    Class<?> below(Class<?> one, Class<?> other) {
        for (Class<?> each : instrumentation.getAllLoadedClasses()) {
            if (one.isAssignableFrom(each) && other.isAssignableFrom(each)) {
                return each;
            }
        }
        return null;
    }
}
