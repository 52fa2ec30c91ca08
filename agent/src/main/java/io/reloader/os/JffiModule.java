// SPDX-License-Identifier: Apache-2.0
package io.reloader.os;

import java.lang.module.ModuleDescriptor;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.Set;

/**
 * Puts jffi's packages into a named module of our loader and permits that module native access (JEP 472). An unnamed
 * module shares one permission with every class path of the process, so permitting ours would permit the host's.
 */
final class JffiModule {
    private static final String NAME = "io.reloader.jffi";

    private JffiModule() {}

    /**
     * As java.lang.reflect.Proxy makes its modules, in no layer: resolving a configuration and defining a layer of it
     * takes 50 ms of a start. java.lang and jdk.internal.module must have been opened to us.
     */
    static void define(ClassLoader loader) throws ReflectiveOperationException {
        ModuleDescriptor descriptor = ModuleDescriptor.newOpenModule(NAME)
                .packages(Set.of("com.kenai.jffi", "com.kenai.jffi.internal"))
                .build();
        Method define = Class.forName("jdk.internal.module.Modules")
                .getDeclaredMethod("defineModule", ClassLoader.class, ModuleDescriptor.class, URI.class);
        define.setAccessible(true);
        Method permit = Module.class.getDeclaredMethod("implAddEnableNativeAccess");
        permit.setAccessible(true);
        permit.invoke(define.invoke(null, loader, descriptor, null));
    }
}
