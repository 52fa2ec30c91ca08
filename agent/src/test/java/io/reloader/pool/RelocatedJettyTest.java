// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.reloader.control.PoolState;
import io.reloader.control.Role;
import io.reloader.control.Roll;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;

/** Libraries bring Jetty along in a package of their own. */
final class RelocatedJettyTest {
    private static final String FROM = "org/eclipse/jetty/";
    private static final String TO = "shaded/org/eclipse/jetty/";
    private static final String POOL = TO.replace('/', '.') + "util.thread.QueuedThreadPool";

    @Test
    void copyWovenAsItLoadsIsRolledAndLeavesNothingBehind() throws Exception {
        try (RollingJvm jvm = new RollingJvm()) {
            WeakReference<ClassLoader> loader = roll(jvm, started());
            Await.until("its class loader is collected", () -> {
                System.gc();
                return loader.get() == null;
            });
        }
    }

    @Test
    void copyThatRanBeforeTheWeavingIsRolled() throws Exception {
        Object pool = started();
        try (RollingJvm jvm = new RollingJvm()) {
            WeakReference<ClassLoader> ignored = roll(jvm, pool);
            assertThat(ignored).isNotNull();
        }
    }

    private static Object started() throws ReflectiveOperationException {
        Class<?> type = Class.forName(POOL, true, new Relocating());
        Object pool = type.getConstructor(int.class, int.class).newInstance(6, 6);
        type.getMethod("setName", String.class).invoke(pool, "shaded");
        type.getMethod("start").invoke(pool);
        Await.until("its workers wait", () -> count(pool, "getIdleThreads") == 6);
        return pool;
    }

    private static WeakReference<ClassLoader> roll(RollingJvm jvm, Object pool) throws Exception {
        List<Thread> first = JettyThreads.named("shaded-");
        assertThat(first).hasSize(6);
        Roll roll = jvm.roll(Role.WORKER, 10_000);
        assertThat(roll.pools())
                .filteredOn(each -> each.name().equals("shaded"))
                .singleElement()
                .matches(PoolState::complete)
                .matches(each -> each.rolled() == 6);
        Await.until("the old threads end", () -> first.stream().noneMatch(Thread::isAlive));
        CountDownLatch ran = new CountDownLatch(100);
        for (int i = 0; i < 100; i++) {
            ((Executor) pool).execute(ran::countDown);
        }
        assertThat(ran.await(5, TimeUnit.SECONDS)).isTrue();
        roll.close();
        pool.getClass().getMethod("stop").invoke(pool);
        assertThat(JettyThreads.named("shaded-")).isEmpty();
        return new WeakReference<>(pool.getClass().getClassLoader());
    }

    private static int count(Object pool, String what) {
        try {
            return (int) pool.getClass().getMethod(what).invoke(pool);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Relocating extends ClassLoader {
        Relocating() {
            super(QueuedThreadPool.class.getClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] bytes = relocated(name.replace('.', '/'));
            if (bytes == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, bytes, 0, bytes.length);
        }

        @Override
        public @Nullable InputStream getResourceAsStream(String name) {
            byte[] bytes = name.endsWith(".class") ? relocated(name.substring(0, name.length() - 6)) : null;
            return bytes == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(bytes);
        }

        private byte @Nullable [] relocated(String name) {
            if (!name.startsWith(TO)) {
                return null;
            }
            try (InputStream in = getParent().getResourceAsStream(FROM + name.substring(TO.length()) + ".class")) {
                if (in == null) {
                    return null;
                }
                ClassWriter writer = new ClassWriter(0);
                new ClassReader(in).accept(new ClassRemapper(writer, new Shading()), 0);
                return writer.toByteArray();
            } catch (IOException e) {
                return null;
            }
        }
    }

    private static final class Shading extends Remapper {
        Shading() {
            super(org.objectweb.asm.Opcodes.ASM9);
        }

        @Override
        public String map(String name) {
            return name.startsWith(FROM) ? TO + name.substring(FROM.length()) : name;
        }
    }
}
