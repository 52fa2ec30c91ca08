// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import io.reloader.lower.Homes;
import io.reloader.lower.Type;
import io.reloader.lower.Types;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The classes as one class loader will see them once a reload is applied. Lives for one reload; take-up thread only. */
final class LoweredTypes extends Types {
    private final World world;
    private final ClassLoader loader;
    private final LoaderTables tables;

    /** What a class has had added, or will have. */
    private final BiFunction<LoaderTable, String, Homes> homes;

    /** What a class runs, in the shape that it was loaded with; null if that is its source's. */
    private final BiFunction<LoaderTable, String, byte @Nullable []> shaped;

    private final Map<String, @Nullable Type> known = new HashMap<>();

    LoweredTypes(
            World world,
            ClassLoader loader,
            LoaderTables tables,
            BiFunction<LoaderTable, String, Homes> homes,
            BiFunction<LoaderTable, String, byte @Nullable []> shaped) {
        this.world = world;
        this.loader = loader;
        this.tables = tables;
        this.homes = homes;
        this.shaped = shaped;
    }

    @Override
    public @Nullable Type find(String name) {
        return known.computeIfAbsent(name, this::look);
    }

    private @Nullable Type look(String name) {
        if (!(world.find(loader, name) instanceof Shape shape)) {
            return null;
        }
        ClassLoader origin = shape.origin().loader();
        Homes all = origin == null ? Homes.NONE : homes.apply(tables.of(origin), name);
        return new Type(
                shape.name(),
                shape.access(),
                shape.supertypes(),
                shape.methods(),
                shape.fields(),
                pinned(origin, name, shape),
                all,
                origin == loader);
    }

    private Type.Pinned pinned(@Nullable ClassLoader origin, String name, Shape shape) {
        byte[] runs = origin == null ? null : shaped.apply(tables.of(origin), name);
        Shape pinned = runs == null ? shape : Shape.of(runs, shape.origin());
        return new Type.Pinned(pinned.methods(), pinned.fields());
    }
}
