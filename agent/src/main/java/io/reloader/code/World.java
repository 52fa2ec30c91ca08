// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import io.reloader.code.Shape.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The classes as they will be once a reload is applied: the changed ones first, then those that run now, then what
 * the class loaders would find. Loads and initialises none of them. Lives for one reload; runs on the take-up thread.
 */
final class World {
    private static final String SUFFIX = ".class";

    /** Fails to be read at once, where the file itself could make its reader allocate without end. */
    private static final byte[] UNREADABLE = {};

    private final Instrumentation instrumentation;
    private final LoaderTables tables;
    private final IdentityHashMap<LoaderTable, Map<String, byte[]>> changed = new IdentityHashMap<>();
    private final IdentityHashMap<ClassLoader, Map<String, Class<?>>> initiated = new IdentityHashMap<>();
    private final IdentityHashMap<ClassLoader, Map<String, Sight>> seen = new IdentityHashMap<>();
    private final Map<String, Module> modules = new HashMap<>();

    World(Instrumentation instrumentation, LoaderTables tables, LinkCheck.Batch batch) {
        this.instrumentation = instrumentation;
        this.tables = tables;
        for (Change each : batch.changes()) {
            changed.computeIfAbsent(each.of().table(), table -> new HashMap<>())
                    .put(each.of().name(), batch.broken().contains(each.of()) ? UNREADABLE : each.bytes());
        }
        for (Module module : ModuleLayer.boot().modules()) {
            module.getPackages().forEach(each -> modules.put(each, module));
        }
    }

    /** What a class of this loader means by an internal name. */
    Sight find(ClassLoader from, String name) {
        Map<String, Sight> known = seen.computeIfAbsent(from, loader -> new HashMap<>());
        Sight sight = known.get(name);
        if (sight == null) {
            sight = look(from, name);
            known.put(name, sight);
        }
        return sight;
    }

    /** Whether the class loader lets its class files be read; there are those that keep them to themselves. */
    static boolean shows(ClassLoader loader, String name) {
        try {
            return loader.getResource(name + SUFFIX) != null;
        } catch (RuntimeException | LinkageError e) {
            return false;
        }
    }

    /** The class file that the loader would read now; null if there is none, or it does not say. */
    static byte @Nullable [] file(ClassLoader loader, String name) throws IOException {
        try (InputStream in = loader.getResourceAsStream(name + SUFFIX)) {
            return in == null ? null : in.readAllBytes();
        }
    }

    private Sight look(ClassLoader from, String name) {
        Class<?> loaded = initiated.computeIfAbsent(from, this::initiatedBy).get(name);
        try {
            if (loaded != null) {
                return loaded(loaded, name);
            }
            for (ClassLoader loader = from; loader != null; loader = loader.getParent()) {
                byte[] next = next(loader, name);
                if (next != null) {
                    return Shape.of(next, new Origin(loader, null, isChanged(loader, name)));
                }
            }
            byte[] file = file(from, name);
            return file == null ? Sight.None.MISSING : Shape.of(file, new Origin(null, module(name), false));
        } catch (IOException | RuntimeException | LinkageError | AssertionError e) {
            // ASM asserts what a damaged class file does not keep to.
            return Sight.None.OPAQUE;
        }
    }

    private Sight loaded(Class<?> type, String name) throws IOException {
        ClassLoader loader = type.getClassLoader();
        byte[] next = loader == null ? null : next(loader, name);
        if (next != null && loader != null) {
            return Shape.of(next, new Origin(loader, type.getModule(), isChanged(loader, name)));
        }
        byte[] file = loader == null || type.getModule().isNamed() ? inModule(type, name) : file(loader, name);
        return file == null ? Sight.None.OPAQUE : Shape.of(file, new Origin(loader, type.getModule(), false));
    }

    private static byte @Nullable [] inModule(Class<?> type, String name) throws IOException {
        try (InputStream in = type.getModule().getResourceAsStream(name + SUFFIX)) {
            return in == null ? null : in.readAllBytes();
        }
    }

    /** What the loader's class is to become, or has become by an earlier reload. */
    private byte @Nullable [] next(ClassLoader loader, String name) {
        LoaderTable table = tables.of(loader);
        byte[] next = changed.getOrDefault(table, Map.of()).get(name);
        if (next != null) {
            return next;
        }
        Live live = table.get(name);
        return live == null || live.version() == null ? null : live.version().bytes();
    }

    private boolean isChanged(ClassLoader loader, String name) {
        return changed.getOrDefault(tables.of(loader), Map.of()).containsKey(name);
    }

    private @Nullable Module module(String name) {
        int end = name.lastIndexOf('/');
        return end < 0 ? null : modules.get(Names.type(name.substring(0, end)));
    }

    private Map<String, Class<?>> initiatedBy(ClassLoader loader) {
        Map<String, Class<?>> types = new HashMap<>();
        for (Class<?> type : instrumentation.getInitiatedClasses(loader)) {
            if (!type.isArray()) {
                types.put(type.getName().replace('.', '/'), type);
            }
        }
        return types;
    }
}
