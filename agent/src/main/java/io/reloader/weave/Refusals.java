// SPDX-License-Identifier: Apache-2.0
package io.reloader.weave;

import java.net.URL;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which kinds could not be woven, in which loaders. Written by the thread that loads or retransforms a class; read by
 * any.
 */
final class Refusals {
    private static final Object BOOT = new Object();

    private final Consumer<String> trouble;
    /** Guarded by itself. */
    private final Map<Object, Set<String>> kinds = new WeakHashMap<>();
    /** Guarded by {@link #kinds}. */
    private final Set<String> said = new HashSet<>();

    Refusals(Consumer<String> trouble) {
        this.trouble = trouble;
    }

    void add(Aim aim, Refused refused) {
        String line = aim.kind() + " (" + refused.name().replace('/', '.') + place(refused.domain())
                + ") has an unknown shape: " + aim.loss() + "; please report it (" + refused.cause() + ")";
        synchronized (kinds) {
            Set<String> ofLoader = kinds.computeIfAbsent(key(refused.loader()), any -> new HashSet<>());
            // Of a kind with several classes the first is enough.
            if (!ofLoader.add(aim.kind()) || !said.add(line)) {
                return;
            }
        }
        trouble.accept(line);
    }

    boolean contains(Aim aim, @Nullable ClassLoader loader) {
        synchronized (kinds) {
            Set<String> ofLoader = kinds.get(key(loader));
            return ofLoader != null && ofLoader.contains(aim.kind());
        }
    }

    private static Object key(@Nullable ClassLoader loader) {
        return loader == null ? BOOT : loader;
    }

    private static String place(@Nullable ProtectionDomain domain) {
        CodeSource source = domain == null ? null : domain.getCodeSource();
        URL location = source == null ? null : source.getLocation();
        return location == null ? "" : " of " + location;
    }

    /** A class that was left as it is. */
    record Refused(
            @Nullable ClassLoader loader,
            String name,
            @Nullable ProtectionDomain domain,
            Throwable cause) {}
}
