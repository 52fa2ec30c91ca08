// SPDX-License-Identifier: Apache-2.0
package io.reloader.weave;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.dynamic.scaffold.MethodGraph;
import net.bytebuddy.dynamic.scaffold.TypeValidation;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.pool.TypePool;
import org.jspecify.annotations.Nullable;

/**
 * Puts the advice into a class file. The class is known by its bytes only: it may be about to load, and to load what it
 * names would change the order in which the application loads its classes.
 */
public final class Loom implements Weaver {
    private final Weavings weavings;
    private final ClassFileLocator advice = ClassFileLocator.ForClassLoader.of(Loom.class.getClassLoader());

    /** Called by the {@link Workshop}, by reflection. */
    public Loom() {
        this(Weavings.known());
    }

    Loom(Weavings weavings) {
        this.weavings = weavings;
    }

    @Override
    public List<Aim> aims() {
        return weavings.aims();
    }

    @Override
    public byte @Nullable [] weave(Aim aim, @Nullable ClassLoader loader, String name, byte[] bytes) {
        Weaving weaving = weavings.of(aim);
        ClassFileLocator locator = new ClassFileLocator.Compound(
                ClassFileLocator.Simple.of(name, bytes),
                ClassFileLocator.ForClassLoader.ofBootLoader(),
                ClassFileLocator.ForClassLoader.of(loader));
        TypeDescription type = new TypePool.Default(
                        new TypePool.CacheProvider.Simple(), locator, TypePool.Default.ReaderMode.FAST)
                .describe(name)
                .resolve();
        if (weaving.spares(type)) {
            return null;
        }
        DynamicType.Builder<?> builder = new ByteBuddy()
                .with(TypeValidation.DISABLED)
                .with(Implementation.Context.Disabled.Factory.INSTANCE)
                .with(MethodGraph.Compiler.ForDeclaredMethods.INSTANCE)
                .redefine(type, locator);
        for (AsmVisitorWrapper each : wrappers(weaving, type)) {
            builder = builder.visit(each);
        }
        return builder.make().getBytes();
    }

    private List<AsmVisitorWrapper> wrappers(Weaving weaving, TypeDescription type) {
        List<AsmVisitorWrapper> all = new ArrayList<>();
        for (Weaving.Site site : weaving.sites()) {
            int found = type.getDeclaredMethods().filter(site.where()).size();
            if (found > 1 || (found == 0 && !site.optional())) {
                throw new IllegalStateException(site.advice().getSimpleName() + " fits " + found + " methods");
            }
            all.add(Advice.to(site.advice(), advice).on(site.where()));
        }
        return all;
    }
}
