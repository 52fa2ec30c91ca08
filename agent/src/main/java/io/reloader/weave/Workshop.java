// SPDX-License-Identifier: Apache-2.0
package io.reloader.weave;

import java.io.IOException;
import java.io.InputStream;
import java.security.ProtectionDomain;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Defines Byte Buddy, and what of ours knows it, once more: a loader of their own, which can be let go. They are more
 * than a third of the classes that we load, and HotSpot looks through every class, and all compiled code, whenever it
 * redefines one.
 */
final class Workshop extends ClassLoader {
    static {
        registerAsParallelCapable();
    }

    private static final String OURS = Workshop.class.getPackageName() + ".";

    /** Those of our package that the world outside sees. */
    private static final Set<String> SHARED =
            Set.of(Weaver.class.getName(), Aim.class.getName(), Target.class.getName());

    private final ProtectionDomain domain = Workshop.class.getProtectionDomain();

    private Workshop(@Nullable ClassLoader parent) {
        super("reloader-weave", parent);
    }

    /** A new one's. */
    static Weaver open() {
        try {
            return (Weaver) new Workshop(Workshop.class.getClassLoader())
                    .loadClass(Loom.class.getName())
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("what weaves cannot be loaded", e);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith("net.bytebuddy.") && (!name.startsWith(OURS) || SHARED.contains(name))) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : define(name);
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] bytes = in.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length, domain);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    /** Our loader has class files under other names, and no URL is needed. */
    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        ClassLoader parent = getParent();
        return parent == null ? super.getResourceAsStream(name) : parent.getResourceAsStream(name);
    }
}
