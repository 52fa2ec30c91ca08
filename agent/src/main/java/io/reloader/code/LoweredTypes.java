// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import io.reloader.lower.Homes;
import io.reloader.lower.Type;
import io.reloader.lower.Types;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;

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
        LoaderTable table = origin == null ? null : tables.of(origin);
        byte[] runs = table == null ? null : shaped.apply(table, name);
        byte[] host = runs != null || table == null ? null : shaped.apply(table, shape.host());
        boolean beside = host != null
                && !shape.host().equals(name)
                && !Nestlings.members(host).contains(name);
        Shape pinned = runs != null ? Shape.of(runs, shape.origin()) : beside ? open(shape) : shape;
        return type(shape, pinned, table, all, origin == loader);
    }

    /** As it will be loaded beside the nest that does not know it. */
    private static Shape open(Shape shape) {
        return new Shape(
                shape.name(),
                shape.access(),
                shape.host(),
                shape.supertypes(),
                open(shape.methods()),
                open(shape.fields()),
                shape.origin());
    }

    private static Map<String, Integer> open(Map<String, Integer> members) {
        Map<String, Integer> open = new HashMap<>(members);
        open.replaceAll((key, access) -> key.startsWith("lambda$") ? access : access & ~Opcodes.ACC_PRIVATE);
        return open;
    }

    /**
     * A class as the lowering sees it.
     *
     * @param pinned what it runs; that has what the class was given when it was loaded, or gets it here
     */
    static Type type(Shape shape, Shape pinned, @Nullable LoaderTable table, Homes homes, boolean changeable) {
        Map<String, Integer> methods = new HashMap<>(pinned.methods());
        if (table != null) {
            table.provision(shape.name()).methods().forEach(each -> methods.putIfAbsent(each, Opcodes.ACC_PUBLIC));
        }
        return new Type(
                shape.name(),
                shape.access(),
                shape.supertypes(),
                shape.methods(),
                shape.fields(),
                new Type.Pinned(methods, pinned.fields()),
                homes,
                changeable);
    }
}
