// SPDX-License-Identifier: Apache-2.0
package io.reloader.signal;

import java.lang.reflect.Field;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Looks into the JDK's own table of signal handlers, which can be changed but not asked. jdk.internal.misc must have
 * been opened to this module (NativeAccess does); sun.misc is open to all.
 */
final class JvmSignals {
    private final Map<?, ?> handlers;
    private final Field inner = field("sun.misc.Signal", "iSignal");
    private final Field wrappedJava = field("sun.misc.Signal$InternalMiscHandler", "handler");
    private final Field wrappedNative = field("sun.misc.Signal$SunMiscHandler", "iHandler");
    private final Field address = field("jdk.internal.misc.Signal$NativeHandler", "handler");

    JvmSignals() throws ReflectiveOperationException {
        handlers = (Map<?, ?>) field("jdk.internal.misc.Signal", "handlers").get(null);
    }

    /** The handler that Java code registered last and still holds the signal. */
    @Nullable
    SignalHandler current(Signal signal) {
        try {
            Object handler = handlers.get(inner.get(signal));
            return wrappedJava.getDeclaringClass().isInstance(handler)
                    ? (SignalHandler) wrappedJava.get(handler)
                    : null;
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The address behind a handler that {@link Signal#handle} returned; 0 if it is no native one. */
    long address(SignalHandler found) {
        try {
            if (!wrappedNative.getDeclaringClass().isInstance(found)) {
                return 0;
            }
            Object handler = wrappedNative.get(found);
            return address.getDeclaringClass().isInstance(handler) ? address.getLong(handler) : 0;
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Field field(String type, String name) throws ReflectiveOperationException {
        Field field = Class.forName(type).getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }
}
