// SPDX-License-Identifier: Apache-2.0
package io.reloader.weave;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadPoolExecutor;

/**
 * Puts what woven code calls into java.base, where every class of every loader can reach it. Appending to the boot path
 * instead would switch class-data sharing off and print a warning. Called once, by the composition root.
 */
public final class BootClasses {
    private static final String PACKAGE = "java.util.concurrent";
    /** Each with its nested Handler: a kind that has hooks of its own adds them here. */
    private static final String[] HOOKS = {
        "ReloaderHooks",
        "ReloaderEnhancedQueueHooks",
        "ReloaderJettyHooks",
        "ReloaderForkJoinHooks",
        "ReloaderNettyHooks",
        "ReloaderLinkageHooks"
    };

    private static final String[] OTHERS = {
        "ReloaderForkJoinRetirement", "ReloaderVersions$Turn", "ReloaderVersions$Frontier", "ReloaderVersions"
    };

    private static final String[] MEMBERS = {
        "ReloaderMembers$Picked",
        "ReloaderMembers$Dispatch",
        "ReloaderMembers$Slots",
        "ReloaderMembers$Slot",
        "ReloaderMembers",
        "ReloaderState$Key",
        "ReloaderState$Probe",
        "ReloaderState",
        "ReloaderConstructors$OfThread",
        "ReloaderConstructors"
    };

    private final Instrumentation instrumentation;
    private final Source source;

    /** Where the classes' bytes come from. */
    public interface Source {

        /** The bytes of a class, by a name such as {@code java/util/concurrent/ReloaderHooks}. */
        byte[] bytesOf(String internalName) throws IOException;
    }

    public BootClasses(Instrumentation instrumentation, Source source) {
        this.instrumentation = instrumentation;
        this.source = source;
    }

    /**
     * Opens the packages that the agent reaches into, and defines the classes unless an earlier attach has; those that
     * added members are reached by only if there will be any.
     */
    public void define(boolean members) throws IOException, ReflectiveOperationException {
        open(Object.class.getModule(), PACKAGE, "java.lang", "jdk.internal.vm");
        // Only to read which executor the JDK's own server has; the module is not there in every JVM.
        ModuleLayer.boot().findModule("jdk.httpserver").ifPresent(server -> open(server, "sun.net.httpserver"));
        Lookup lookup = MethodHandles.privateLookupIn(ThreadPoolExecutor.class, MethodHandles.lookup());
        for (String name : HOOKS) {
            define(lookup, name + "$Handler");
            define(lookup, name);
        }
        for (String name : OTHERS) {
            define(lookup, name);
        }
        for (String name : members ? MEMBERS : new String[0]) {
            define(lookup, name);
        }
    }

    private void define(Lookup lookup, String name) throws IOException, IllegalAccessException {
        if (!present(PACKAGE + "." + name)) {
            lookup.defineClass(source.bytesOf(PACKAGE.replace('.', '/') + "/" + name));
        }
    }

    private void open(Module module, String... packages) {
        Map<String, Set<Module>> opens = new HashMap<>();
        for (String each : packages) {
            if (module.getPackages().contains(each)) {
                opens.put(each, Set.of(BootClasses.class.getModule()));
            }
        }
        instrumentation.redefineModule(module, Set.of(), Map.of(), opens, Set.of(), Map.of());
    }

    private static boolean present(String name) {
        try {
            Class.forName(name, false, null);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
