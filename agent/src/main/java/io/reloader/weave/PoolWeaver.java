// SPDX-License-Identifier: Apache-2.0
package io.reloader.weave;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Weaves the hooks into the JDK's classes, and takes them out again. Installed from a background thread, as Byte Buddy
 * takes its time; the handler must be in place before.
 */
public final class PoolWeaver {
    private final Instrumentation instrumentation;
    private final Transformer transformer = new Transformer();

    public PoolWeaver(Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
    }

    /** Empty if all is woven; else why nothing is. */
    public synchronized Optional<String> install() {
        String reason;
        try {
            // Registered for as long as the hooks are in: when another agent retransforms, the JVM starts anew.
            instrumentation.addTransformer(transformer, true);
            instrumentation.retransformClasses(classes());
            reason = transformer.failure;
        } catch (UnmodifiableClassException | ReflectiveOperationException | LinkageError | RuntimeException e) {
            reason = e.toString();
        }
        if (reason == null) {
            return Optional.empty();
        }
        uninstall();
        return Optional.of("ThreadPoolExecutor of this JVM (" + Runtime.version() + ") is unknown: its pools are not"
                + " rolled (" + reason + ")");
    }

    /** Takes the hooks out. Harmless if they are not in. */
    public synchronized void uninstall() {
        if (!instrumentation.removeTransformer(transformer)) {
            return;
        }
        try {
            instrumentation.retransformClasses(classes());
        } catch (UnmodifiableClassException | ReflectiveOperationException | LinkageError | RuntimeException e) {
            // Woven code without a handler does nothing.
            transformer.failure = e.toString();
        }
    }

    private static Class<?>[] classes() throws ClassNotFoundException {
        List<Class<?>> all = new ArrayList<>();
        for (WovenClass each : WovenClass.values()) {
            all.add(Class.forName(each.type, false, null));
        }
        return all.toArray(new Class<?>[0]);
    }

    private static final class Transformer implements ClassFileTransformer {
        /** Written by the thread that retransforms. */
        private volatile @Nullable String failure;

        @Override
        public byte @Nullable [] transform(
                @Nullable ClassLoader loader,
                @Nullable String name,
                @Nullable Class<?> type,
                @Nullable ProtectionDomain domain,
                byte[] bytes) {
            if (loader != null || name == null || type == null || failure != null) {
                return null;
            }
            for (WovenClass each : WovenClass.values()) {
                if (each.internalName.equals(name)) {
                    return weave(each, type, bytes);
                }
            }
            return null;
        }

        private byte @Nullable [] weave(WovenClass woven, Class<?> type, byte[] bytes) {
            try {
                return woven.weave(type, bytes);
            } catch (Throwable t) {
                failure = t.toString();
                return null;
            }
        }
    }
}
