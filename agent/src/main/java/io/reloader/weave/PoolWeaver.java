// SPDX-License-Identifier: Apache-2.0
package io.reloader.weave;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Weaves the hooks into the classes of all kinds, those that are there and those to come, and takes them out again.
 * Installed from a background thread, as Byte Buddy takes its time; the handlers must be in place before. What cannot
 * be woven is told and left alone; the rest stays in force.
 */
public final class PoolWeaver {
    private final Instrumentation instrumentation;
    private final Weavings weavings;
    private final Refusals refusals;
    private final Loom loom = new Loom();
    private final Transformer transformer = new Transformer();

    /** @param trouble told, in one line, of each kind that cannot be woven; called by any thread */
    public PoolWeaver(Instrumentation instrumentation, Consumer<String> trouble) {
        this(instrumentation, trouble, Weavings.known());
    }

    PoolWeaver(Instrumentation instrumentation, Consumer<String> trouble, Weavings weavings) {
        this.instrumentation = instrumentation;
        this.weavings = weavings;
        refusals = new Refusals(trouble);
    }

    public synchronized void install() {
        // Registered for as long as the hooks are in: when another agent retransforms, the JVM starts anew.
        instrumentation.addTransformer(transformer, true);
        Class<?>[] loaded = loaded();
        if (loaded.length == 0 || retransform(loaded) == null) {
            return;
        }
        // One of them failed, and so all did.
        for (Class<?> each : loaded) {
            Throwable failure = retransform(each);
            if (failure != null) {
                refuse(each, failure);
            }
        }
    }

    /** Takes the hooks out. Harmless if they are not in. */
    public synchronized void uninstall() {
        if (!instrumentation.removeTransformer(transformer)) {
            return;
        }
        Class<?>[] loaded = loaded();
        if (loaded.length > 0 && retransform(loaded) != null) {
            // Woven code without a handler does nothing.
            return;
        }
    }

    /** Whether the kind of this class could not be woven, wholly or in part, in its loader. */
    public boolean refused(Class<?> pool) {
        Weaving weaving = weavings.find(pool.getClassLoader(), internalName(pool));
        return weaving != null && refusals.contains(weaving, pool.getClassLoader());
    }

    private Class<?>[] loaded() {
        List<Class<?>> all = new ArrayList<>();
        for (Class<?> each : instrumentation.getAllLoadedClasses()) {
            if (weavings.find(each.getClassLoader(), internalName(each)) != null
                    && instrumentation.isModifiableClass(each)) {
                all.add(each);
            }
        }
        return all.toArray(new Class<?>[0]);
    }

    private @Nullable Throwable retransform(Class<?>... classes) {
        try {
            instrumentation.retransformClasses(classes);
            return null;
        } catch (UnmodifiableClassException | LinkageError | RuntimeException e) {
            return e;
        }
    }

    private void refuse(Class<?> type, Throwable cause) {
        Weaving weaving = weavings.find(type.getClassLoader(), internalName(type));
        if (weaving != null) {
            refusals.add(
                    weaving,
                    new Refusals.Refused(type.getClassLoader(), type.getName(), type.getProtectionDomain(), cause));
        }
    }

    private static String internalName(Class<?> type) {
        return type.getName().replace('.', '/');
    }

    private final class Transformer implements ClassFileTransformer {

        @Override
        public byte @Nullable [] transform(
                @Nullable ClassLoader loader,
                @Nullable String name,
                @Nullable Class<?> type,
                @Nullable ProtectionDomain domain,
                byte[] bytes) {
            Weaving weaving = name == null ? null : weavings.find(loader, name);
            if (name == null || weaving == null || refusals.contains(weaving, loader)) {
                return null;
            }
            try {
                return loom.weave(weaving, loader, name.replace('/', '.'), bytes);
            } catch (Throwable t) {
                refusals.add(weaving, new Refusals.Refused(loader, name, domain, t));
                return null;
            }
        }
    }
}
