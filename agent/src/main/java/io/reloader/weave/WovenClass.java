// SPDX-License-Identifier: Apache-2.0
package io.reloader.weave;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.dynamic.scaffold.MethodGraph;
import net.bytebuddy.dynamic.scaffold.TypeValidation;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.matcher.ElementMatchers;

/** One class of the JDK and the advice for its methods: the table of what is woven. */
enum WovenClass {
    EXECUTOR("java.util.concurrent.ThreadPoolExecutor") {
        @Override
        List<Site> sites() {
            return List.of(
                    new Site(PoolAdvice.RunStateAtLeast.class, method("runStateAtLeast", 2)),
                    new Site(PoolAdvice.DecrementWorkerCount.class, method("decrementWorkerCount", 0)),
                    new Site(PoolAdvice.ProcessWorkerExit.class, method("processWorkerExit", 2)),
                    new Site(PoolAdvice.Reject.class, method("reject", 1)),
                    new Site(PoolAdvice.RunWorker.class, method("runWorker", 1)),
                    // The other constructors call this one.
                    new Site(
                            PoolAdvice.Constructor.class,
                            ElementMatchers.isConstructor().and(ElementMatchers.takesArguments(7))));
        }
    },
    SIGNAL("jdk.internal.misc.Signal") {
        @Override
        List<Site> sites() {
            return List.of(new Site(PoolAdvice.SignalHandle.class, method("handle", 2)));
        }
    };

    final String type;
    final String internalName;

    WovenClass(String type) {
        this.type = type;
        internalName = type.replace('.', '/');
    }

    /** In each place, exactly one method must be found. */
    abstract List<Site> sites();

    /** Fails if the class is not the known one. */
    byte[] weave(Class<?> loaded, byte[] bytes) {
        ClassFileLocator locator = new ClassFileLocator.Compound(
                ClassFileLocator.Simple.of(type, bytes),
                ClassFileLocator.ForClassLoader.of(WovenClass.class.getClassLoader()),
                ClassFileLocator.ForClassLoader.ofBootLoader());
        DynamicType.Builder<?> builder = new ByteBuddy()
                .with(TypeValidation.DISABLED)
                .with(Implementation.Context.Disabled.Factory.INSTANCE)
                .with(MethodGraph.Compiler.ForDeclaredMethods.INSTANCE)
                .redefine(loaded, locator);
        for (AsmVisitorWrapper each : advice(loaded, locator)) {
            builder = builder.visit(each);
        }
        return builder.make().getBytes();
    }

    private List<AsmVisitorWrapper> advice(Class<?> loaded, ClassFileLocator locator) {
        TypeDescription described = TypeDescription.ForLoadedType.of(loaded);
        List<AsmVisitorWrapper> all = new ArrayList<>();
        for (Site site : sites()) {
            int found = described.getDeclaredMethods().filter(site.where()).size();
            if (found != 1) {
                throw new IllegalStateException(
                        site.advice().getSimpleName() + " fits " + found + " methods of " + type);
            }
            all.add(Advice.to(site.advice(), locator).on(site.where()));
        }
        return all;
    }

    private static ElementMatcher<? super MethodDescription> method(String name, int arguments) {
        return ElementMatchers.named(name).and(ElementMatchers.takesArguments(arguments));
    }

    record Site(Class<?> advice, ElementMatcher<? super MethodDescription> where) {}
}
