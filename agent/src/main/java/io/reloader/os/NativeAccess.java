// SPDX-License-Identifier: Apache-2.0
package io.reloader.os;

import java.lang.instrument.Instrumentation;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The way to libc. Opened once per agent, off the start-up path, before any jffi class is defined by our loader;
 * {@link #libc} unpacks and loads jffi at its first call.
 */
public final class NativeAccess {
    private @Nullable Libc libc;

    private NativeAccess() {}

    /** Opens what we need of java.base to us alone and, from JDK 24 on, permits jffi to load native code. */
    public static NativeAccess open(Instrumentation instrumentation) throws NativeUnavailable {
        Set<Module> us = Set.of(NativeAccess.class.getModule());
        try {
            instrumentation.redefineModule(
                    Object.class.getModule(),
                    Set.of(),
                    Map.of(),
                    Map.of("java.lang", us, "jdk.internal.misc", us, "jdk.internal.module", us),
                    Set.of(),
                    Map.of());
            if (Runtime.version().feature() >= 24) {
                JffiModule.define(NativeAccess.class.getClassLoader());
            }
            return new NativeAccess();
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            throw new NativeUnavailable("native access was refused (" + e + ")", e);
        }
    }

    public synchronized Libc libc() throws NativeUnavailable {
        if (libc == null) {
            JffiLibrary.load();
            libc = Libc.bind();
        }
        return libc;
    }
}
