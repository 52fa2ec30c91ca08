// SPDX-License-Identifier: Apache-2.0
package io.reloader.weave;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Weaves the hooks into the classes of all kinds, those that are there and those to come, and takes them out again.
 * Installed from a background thread, as Byte Buddy takes its time; the handlers must be in place before. What cannot
 * be woven is told and left alone; the rest stays in force.
 */
public final class PoolWeaver {
    private final Instrumentation instrumentation;
    private final Refusals refusals;
    private final AtHand atHand;

    /** Known before the transformer is registered. */
    private volatile List<Aim> aims = List.of();

    private final Transformer transformer = new Transformer();

    /** Until {@link #catchUp}: the classes that install has seen. Guarded by this. */
    private Set<Class<?>> seen = Set.of();

    /** Written once. */
    private volatile boolean caughtUp;

    /** Until then: what was woven as it was loaded. */
    private final Set<Loading> woven = ConcurrentHashMap.newKeySet();

    /** @param trouble told, in one line, of each kind that cannot be woven; called by any thread */
    public PoolWeaver(Instrumentation instrumentation, Consumer<String> trouble) {
        this(instrumentation, trouble, Workshop::open);
    }

    PoolWeaver(Instrumentation instrumentation, Consumer<String> trouble, Supplier<Weaver> workshop) {
        this.instrumentation = instrumentation;
        atHand = new AtHand(workshop);
        refusals = new Refusals(trouble);
    }

    public synchronized void install() {
        aims = atHand.get().aims();
        // Registered for as long as the hooks are in: when another agent retransforms, the JVM starts anew.
        instrumentation.addTransformer(transformer, true);
        Class<?>[] loaded = loaded();
        seen = new HashSet<>(List.of(loaded));
        weave(loaded);
    }

    /**
     * Weaves what was being loaded as the hooks were installed: such a class had passed the transformers already, and was
     * not to be seen yet. Once, some time after {@link #install}.
     */
    public synchronized void catchUp() {
        List<Class<?>> missed = new ArrayList<>();
        for (Class<?> each : loaded()) {
            if (!seen.contains(each) && !woven.contains(Loading.of(each.getClassLoader(), internalName(each)))) {
                missed.add(each);
            }
        }
        seen = Set.of();
        caughtUp = true;
        woven.clear();
        weave(missed.toArray(new Class<?>[0]));
    }

    private void weave(Class<?>[] loaded) {
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

    /**
     * Lets what weaves go, for the JVM to unload, once no class has been woven for so long. A class that comes later
     * loads it anew, from the agent's jar.
     */
    public void rest(long quietMillis) throws InterruptedException {
        long uses;
        do {
            uses = atHand.uses();
            Thread.sleep(quietMillis);
        } while (!atHand.release(uses));
    }

    /** The aim that fits this class, by its name with slashes; null for nearly every class. */
    private @Nullable Aim find(@Nullable ClassLoader loader, String internalName) {
        for (Aim each : aims) {
            if (each.target().fits(loader, internalName)) {
                return each;
            }
        }
        return null;
    }

    /** Whether the kind of this class could not be woven, wholly or in part, in its loader. */
    public boolean refused(Class<?> pool) {
        Aim aim = find(pool.getClassLoader(), internalName(pool));
        return aim != null && refusals.contains(aim, pool.getClassLoader());
    }

    private Class<?>[] loaded() {
        List<Class<?>> all = new ArrayList<>();
        for (Class<?> each : instrumentation.getAllLoadedClasses()) {
            if (find(each.getClassLoader(), internalName(each)) != null && instrumentation.isModifiableClass(each)) {
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
        Aim aim = find(type.getClassLoader(), internalName(type));
        if (aim != null) {
            refusals.add(
                    aim,
                    new Refusals.Refused(type.getClassLoader(), type.getName(), type.getProtectionDomain(), cause));
        }
    }

    private static String internalName(Class<?> type) {
        return type.getName().replace('.', '/');
    }

    /** Of a class loader that is not held: one that is added late would stay. */
    private record Loading(int loader, String name) {
        static Loading of(@Nullable ClassLoader loader, String name) {
            return new Loading(System.identityHashCode(loader), name);
        }
    }

    private final class Transformer implements ClassFileTransformer {

        @Override
        public byte @Nullable [] transform(
                @Nullable ClassLoader loader,
                @Nullable String name,
                @Nullable Class<?> type,
                @Nullable ProtectionDomain domain,
                byte[] bytes) {
            Aim aim = name == null ? null : find(loader, name);
            if (name == null || aim == null || refusals.contains(aim, loader)) {
                return null;
            }
            try {
                byte @Nullable [] next = atHand.get().weave(aim, loader, name.replace('/', '.'), bytes);
                if (type == null && !caughtUp) {
                    woven.add(Loading.of(loader, name));
                }
                return next;
            } catch (Throwable t) {
                refusals.add(aim, new Refusals.Refused(loader, name, domain, t));
                return null;
            }
        }
    }
}
