// SPDX-License-Identifier: Apache-2.0
package io.reloader.os;

import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Puts jffi's packages into a named module of our loader and permits that module native access (JEP 472). An unnamed
 * module shares one permission with every class path of the process, so permitting ours would permit the host's.
 */
final class JffiModule {
    private static final String NAME = "io.reloader.jffi";

    private JffiModule() {}

    static void define(ClassLoader loader) throws ReflectiveOperationException {
        ModuleDescriptor descriptor = ModuleDescriptor.newOpenModule(NAME)
                .requires("java.base")
                .requires(Set.of(ModuleDescriptor.Requires.Modifier.STATIC), "java.logging")
                .packages(Set.of("com.kenai.jffi", "com.kenai.jffi.internal"))
                .build();
        Configuration resolved = ModuleLayer.boot()
                .configuration()
                .resolve(new OneModule(new Packages(descriptor)), ModuleFinder.of(), Set.of(NAME));
        ModuleLayer.Controller layer = ModuleLayer.defineModules(resolved, List.of(ModuleLayer.boot()), name -> loader);
        Method permit = Module.class.getDeclaredMethod("implAddEnableNativeAccess");
        permit.setAccessible(true);
        permit.invoke(layer.layer().findModule(NAME).orElseThrow());
    }

    private record OneModule(ModuleReference module) implements ModuleFinder {
        @Override
        public Optional<ModuleReference> find(String name) {
            return name.equals(NAME) ? Optional.of(module) : Optional.empty();
        }

        @Override
        public Set<ModuleReference> findAll() {
            return Set.of(module);
        }
    }

    /** Names the packages only: their classes come from our loader as before. */
    private static final class Packages extends ModuleReference {
        Packages(ModuleDescriptor descriptor) {
            super(descriptor, null);
        }

        @Override
        public ModuleReader open() throws IOException {
            throw new IOException("classes of " + NAME + " are read by their loader");
        }
    }
}
