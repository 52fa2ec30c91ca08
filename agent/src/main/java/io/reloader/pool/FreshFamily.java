// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Thread-per-task executors, and virtual threads made by hand, from JDK 21 on. Found in the JVM's own registry of thread
 * containers, so nothing is woven and nothing is paid until somebody looks. Control thread only.
 */
final class FreshFamily implements PoolFamily {
    private static final String EXECUTOR = "java.util.concurrent.ThreadPerTaskExecutor";
    /** Holds what was started without an executor, unless {@code jdk.trackAllThreads=false}. */
    private static final String ROOT = "jdk.internal.vm.ThreadContainers$RootContainer";

    private final Registry registry;
    private final Turns turns;
    private final @Nullable Containers containers = Containers.find();

    FreshFamily(Tools tools) {
        registry = tools.registry();
        turns = tools.turns();
    }

    @Override
    public @Nullable Class<?> poolClass(Class<?> met) {
        boolean known = containers != null
                && met.getClassLoader() == null
                && (met.getName().equals(EXECUTOR) || met.getName().equals(ROOT));
        return known ? met : null;
    }

    @Override
    public PoolKind open(Class<?> pool) {
        return new Kind(pool.getName().equals(ROOT));
    }

    @Override
    public void discover() {
        Containers known = containers;
        if (known == null) {
            return;
        }
        Object root = known.root();
        registry.add(root);
        for (Object each : known.children(root)) {
            if (each.getClass().getName().equals(EXECUTOR)) {
                registry.add(each);
            }
        }
    }

    private final class Kind implements PoolKind {
        private final boolean virtualOnly;

        Kind(boolean virtualOnly) {
            this.virtualOnly = virtualOnly;
        }

        @Override
        public @Nullable Object poolOf(Object met, Thread thread) {
            return null;
        }

        @Override
        public Pool open(Object pool) {
            return new FreshPool(pool, alive(pool), turns);
        }

        private List<Thread> alive(Object pool) {
            List<Thread> alive = new ArrayList<>();
            if (containers != null) {
                for (Object each : containers.threads(pool)) {
                    if (each instanceof Thread thread
                            && thread.isAlive()
                            && (!virtualOnly || containers.isVirtual(thread))
                            && !KnownLoop.JVM_POLLER.runsOn(thread)) {
                        alive.add(thread);
                    }
                }
            }
            return alive;
        }
    }

    /** jdk.internal.vm.ThreadContainers, which must be open to us. */
    private record Containers(Method findRoot, Method findChildren, Method findThreads, Method askVirtual) {

        static @Nullable Containers find() {
            try {
                Class<?> container = Class.forName("jdk.internal.vm.ThreadContainer");
                Containers found = new Containers(
                        Class.forName("jdk.internal.vm.ThreadContainers").getDeclaredMethod("root"),
                        container.getDeclaredMethod("children"),
                        container.getDeclaredMethod("threads"),
                        Thread.class.getMethod("isVirtual"));
                boolean open = found.findRoot.trySetAccessible()
                        && found.findChildren.trySetAccessible()
                        && found.findThreads.trySetAccessible();
                return open ? found : null;
            } catch (ReflectiveOperationException e) {
                return null;
            }
        }

        Object root() {
            return call(findRoot, null);
        }

        List<?> children(Object container) {
            return ((Stream<?>) call(findChildren, container)).toList();
        }

        List<?> threads(Object container) {
            return ((Stream<?>) call(findThreads, container)).toList();
        }

        boolean isVirtual(Thread thread) {
            return (boolean) call(askVirtual, thread);
        }

        private static Object call(Method method, @Nullable Object on) {
            try {
                return method.invoke(on);
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new IllegalStateException(method + " failed", e);
            }
        }
    }
}
