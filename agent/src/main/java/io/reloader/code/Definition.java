// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import io.reloader.control.Findings.Verdict;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;

/**
 * Gives class loaders the brand-new classes that a batch needs, before the batch: HotSpot looks for them while it
 * verifies the changed ones. A class cannot be taken back: if the batch is refused after all, nothing refers to those
 * that were given, and the next reload redefines them like any other. Runs on the take-up thread.
 */
final class Definition {
    private final Instrumentation instrumentation;

    /** Made when first needed. */
    private @Nullable MethodHandle define;

    Definition(Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
    }

    /** What is known to be impossible before it is tried. */
    static void foresee(Additions additions, Verdicts verdicts) {
        for (Addition each : additions.wanted()) {
            String module = foreignModule(each);
            if (module != null) {
                verdicts.fault(
                        each.change().of(),
                        Verdict.RESTART,
                        subject(each) + " in a package that the module " + module
                                + " has not; a module's packages are fixed once it is there; restart the process");
            }
        }
    }

    /** The faults that kept a class from being defined; none if all are. */
    List<String> run(Additions additions) {
        List<String> faults = new ArrayList<>();
        Set<Addition> seen = new HashSet<>();
        List<Class<?>> defined = new ArrayList<>();
        for (Addition each : additions.wanted()) {
            if (faults.isEmpty()) {
                define(each, additions, seen, new Outcome(defined, faults));
            }
        }
        if (faults.isEmpty()) {
            defined.forEach(type -> verify(type, faults));
        }
        return faults;
    }

    /** Defines companions beside their classes; the faults that kept one from being defined. */
    List<String> companions(List<Lowerings.Fresh> fresh) {
        List<String> faults = new ArrayList<>();
        List<Class<?>> defined = new ArrayList<>();
        for (Lowerings.Fresh each : fresh) {
            try {
                defined.add(companion(each));
            } catch (Throwable e) {
                faults.add(each.host().human() + "'s companion " + Rejection.words(e));
            }
        }
        if (faults.isEmpty()) {
            defined.forEach(type -> verify(type, faults));
        }
        return faults;
    }

    private Class<?> companion(Lowerings.Fresh one) throws Throwable {
        Candidate host = one.host();
        Class<?> beside = Objects.requireNonNull(host.type());
        Class<?> type = (Class<?>) defineClass()
                .invoke(
                        beside.getClassLoader(),
                        Names.type(one.name()),
                        one.bytes(),
                        0,
                        one.bytes().length,
                        beside.getProtectionDomain());
        host.table().put(one.name(), new Live(host.location(), 0, null, Version.first(one.bytes()), true, null));
        host.table().companions.defined(one.name(), type);
        return type;
    }

    private record Outcome(List<Class<?>> defined, List<String> faults) {}

    /** Supertypes first: the JVM resolves them as it defines a class. */
    private void define(Addition one, Additions all, Set<Addition> seen, Outcome outcome) {
        if (!seen.add(one)) {
            return;
        }
        ClassReader reader = new ClassReader(one.change().bytes());
        List<String> supertypes = new ArrayList<>(List.of(reader.getInterfaces()));
        supertypes.add(reader.getSuperName());
        for (String name : supertypes) {
            for (Addition supertype : all.named(one.table(), name)) {
                define(supertype, all, seen, outcome);
            }
        }
        if (!outcome.faults.isEmpty()) {
            return;
        }
        try {
            outcome.defined.add(define(one));
        } catch (Throwable e) {
            outcome.faults.add(subject(one) + " and " + Rejection.words(e));
        }
    }

    private Class<?> define(Addition one) throws Throwable {
        ClassLoader loader = one.beside().getClassLoader();
        byte[] bytes = one.change().bytes();
        try {
            return (Class<?>) defineClass()
                    .invoke(
                            loader,
                            Names.type(one.name()),
                            bytes,
                            0,
                            bytes.length,
                            one.beside().getProtectionDomain());
        } catch (LinkageError e) {
            // One that opens its jars anew may have found it by itself.
            if (one.table().get(one.name()) == null) {
                throw e;
            }
            return Class.forName(Names.type(one.name()), false, loader);
        }
    }

    /** Through the class loader itself, not a lookup in a class beside: a new package has none. */
    private MethodHandle defineClass() throws ReflectiveOperationException {
        if (define == null) {
            Module base = Object.class.getModule();
            instrumentation.redefineModule(
                    base,
                    Set.of(),
                    Map.of(),
                    Map.of("java.lang", Set.of(Definition.class.getModule())),
                    Set.of(),
                    Map.of());
            Lookup lookup = MethodHandles.privateLookupIn(ClassLoader.class, MethodHandles.lookup());
            define = lookup.findVirtual(
                    ClassLoader.class,
                    "defineClass",
                    MethodType.methodType(
                            Class.class, String.class, byte[].class, int.class, int.class, ProtectionDomain.class));
        }
        return define;
    }

    /** HotSpot links, and so verifies, a class that is asked for its members. */
    private static void verify(Class<?> type, List<String> faults) {
        try {
            Objects.requireNonNull(type.getDeclaredConstructors());
        } catch (NoClassDefFoundError e) {
            // As with any class: what it needs may be there by the time it does.
        } catch (LinkageError e) {
            faults.add(type.getName() + " is new and " + Rejection.words(e));
        }
    }

    private static @Nullable String foreignModule(Addition one) {
        Module module = one.beside().getModule();
        int end = one.name().lastIndexOf('/');
        String name = end < 0 ? "" : Names.type(one.name().substring(0, end));
        return module.isNamed() && !module.getPackages().contains(name) ? module.getName() : null;
    }

    private static String subject(Addition one) {
        return Names.type(one.name()) + " is new in " + one.change().of().location();
    }
}
