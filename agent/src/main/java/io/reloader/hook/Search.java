// SPDX-License-Identifier: Apache-2.0
package io.reloader.hook;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds an application's class by name, wherever it is deployed: on the class path, or else in every class loader that
 * has loaded a class. Holds what it has found weakly. Any thread.
 */
final class Search {
    /** Workers begin in bunches; class loaders come one by one. */
    private static final long FRESH = TimeUnit.MILLISECONDS.toNanos(100);

    /** Class loaders are the application's: one may hang. */
    private static final long PATIENCE_MILLIS = 1000;

    private static final String REFLECTION = "jdk.internal.reflect.DelegatingClassLoader";

    private final Supplier<Class<?>[]> loaded;
    private final Executor threads;
    private final Map<String, Found> last = new ConcurrentHashMap<>();

    private record Found(List<WeakReference<Class<?>>> types, long when) {}

    /** {@code loaded}: all classes of the JVM that are loaded now. */
    Search(Supplier<Class<?>[]> loaded, Executor threads) {
        this.loaded = loaded;
        this.threads = threads;
    }

    /** For the current thread, a worker of this pool: where its context loader or the pool's own has it, or else everywhere. */
    List<Class<?>> near(String type, Object pool) {
        Thread me = Thread.currentThread();
        ClassLoader[] loaders = {
            me.getContextClassLoader(),
            pool.getClass().getClassLoader(),
            me.getClass().getClassLoader()
        };
        for (ClassLoader loader : loaders) {
            Class<?> found = loader == null ? null : in(loader, type);
            if (found != null) {
                return List.of(found);
            }
        }
        Class<?> onClassPath = in(ClassLoader.getSystemClassLoader(), type);
        return onClassPath != null ? List.of(onClassPath) : recent(type);
    }

    /** On the class path, or else in every class loader that has it. Asks the application's class loaders. */
    List<Class<?>> everywhere(String type) {
        Class<?> onClassPath = in(ClassLoader.getSystemClassLoader(), type);
        if (onClassPath != null) {
            return List.of(onClassPath);
        }
        Set<Class<?>> found = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Class<?>> all = new ArrayList<>();
        for (ClassLoader loader : loaders()) {
            Class<?> each = in(loader, type);
            if (each != null && found.add(each)) {
                all.add(each);
            }
        }
        return all;
    }

    /** The classes of this name that are loaded, the JDK's too. Asks no class loader. */
    List<Class<?>> loaded(String type) {
        List<Class<?>> all = new ArrayList<>();
        for (Class<?> each : loaded.get()) {
            if (each.getName().equals(type)) {
                all.add(each);
            }
        }
        return all;
    }

    private List<Class<?>> recent(String type) {
        Found known = last.get(type);
        if (known == null || System.nanoTime() - known.when > FRESH) {
            known = searched(type);
            last.put(type, known);
        }
        List<Class<?>> alive = new ArrayList<>();
        for (WeakReference<Class<?>> each : known.types) {
            Class<?> found = each.get();
            if (found != null) {
                alive.add(found);
            }
        }
        return alive;
    }

    private Found searched(String type) {
        List<WeakReference<Class<?>>> types = new ArrayList<>();
        try {
            CompletableFuture.supplyAsync(() -> everywhere(type), threads)
                    .get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                    .forEach(each -> types.add(new WeakReference<>(each)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // Not found in time: as if there were none.
            return new Found(List.of(), System.nanoTime());
        }
        return new Found(types, System.nanoTime());
    }

    private Set<ClassLoader> loaders() {
        Set<ClassLoader> all = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Class<?> each : loaded.get()) {
            ClassLoader loader = each.getClassLoader();
            if (loader != null
                    && loader != Search.class.getClassLoader()
                    && loader != ClassLoader.getPlatformClassLoader()
                    && !loader.getClass().getName().equals(REFLECTION)) {
                all.add(loader);
            }
        }
        return all;
    }

    private static @Nullable Class<?> in(ClassLoader loader, String type) {
        try {
            return Class.forName(type, false, loader);
        } catch (Throwable e) {
            // A class loader of the application's may throw anything.
            return null;
        }
    }
}
