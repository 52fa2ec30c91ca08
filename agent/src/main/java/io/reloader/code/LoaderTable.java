// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import io.reloader.lower.Provision;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The classes of one class loader. Written by threads that load classes and by the take-up thread. */
final class LoaderTable {
    private final WeakReference<ClassLoader> loader;

    /** By internal name. */
    private final ConcurrentHashMap<String, Live> classes = new ConcurrentHashMap<>();

    /** By URL path: a URL as a key would resolve host names. */
    private final ConcurrentHashMap<String, Location> locations = new ConcurrentHashMap<>();

    /** Classes that an overlay has had: what is deployed may not be what they run, even if it did not change. */
    private final Set<String> overlaid = ConcurrentHashMap.newKeySet();

    /** What its classes were given when they were loaded. */
    private final ConcurrentHashMap<String, Provision> provisions = new ConcurrentHashMap<>();

    /** Written by the take-up thread. */
    private volatile Latecomers.Added added = Latecomers.Added.NOTHING;

    /** What its classes have had added. Take-up thread only. */
    final Companions companions = new Companions();

    /** Whether it is the class loader of the class path. */
    private final boolean application;

    LoaderTable(ClassLoader loader) {
        this.loader = new WeakReference<>(loader);
        this.application = loader == ClassLoader.getSystemClassLoader();
    }

    /** Null once it is collected. */
    @Nullable
    ClassLoader loader() {
        return loader.get();
    }

    @Nullable
    Live get(String name) {
        return classes.get(name);
    }

    void forEach(BiConsumer<String, Live> action) {
        classes.forEach(action);
    }

    @Nullable
    Live put(String name, Live live) {
        return classes.put(name, live);
    }

    @Nullable
    Live putIfAbsent(String name, Live live) {
        return classes.putIfAbsent(name, live);
    }

    void remove(String name, Live expected) {
        classes.remove(name, expected);
    }

    boolean replace(String name, Live expected, Live next) {
        return classes.replace(name, expected, next);
    }

    /** How many classes are not loaded yet that would get other bytes than their file's. */
    long ahead() {
        return classes.values().stream()
                .filter(live -> !live.loaded() && live.version() != null)
                .count();
    }

    void overlaid(String name) {
        overlaid.add(name);
    }

    boolean isOverlaid(String name) {
        return overlaid.contains(name);
    }

    void provide(String name, Provision provision) {
        provisions.put(name, provision);
    }

    /** What this class was given when it was loaded, as far as this agent knows. */
    Provision provision(String name) {
        return provisions.getOrDefault(name, Provision.NONE);
    }

    /** The same of a class that an agent may have given it that has left since. */
    Provision provision(Class<?> type) {
        return provisions.computeIfAbsent(type.getName().replace('.', '/'), name -> Provisioning.had(type));
    }

    /** What a class of this loader is by its source: as the last reload has it, or as its file has. Null if unknown. */
    byte @Nullable [] bytes(String name) throws IOException {
        Live live = classes.get(name);
        if (live != null && live.version() != null) {
            return live.version().bytes();
        }
        if (live != null) {
            return live.location().files().read(name);
        }
        for (Location each : locations.values()) {
            byte[] bytes = each.files().read(name);
            if (bytes != null) {
                return bytes;
            }
        }
        return null;
    }

    /** Those of its classes have had added, for classes that are loaded from here on. */
    void added(Latecomers.Added next) {
        added = next;
    }

    Latecomers.Added added() {
        return added;
    }

    int size() {
        return classes.size();
    }

    @Nullable
    Location location(@Nullable URL source) {
        if (source == null) {
            return null;
        }
        Location known = locations.get(source.getPath());
        if (known != null) {
            return known;
        }
        CodePlace place = CodePlace.of(source);
        if (place == null) {
            return null;
        }
        Location found = made(application ? place : place.inWar());
        Location other = locations.putIfAbsent(source.getPath(), found);
        return other == null ? found : other;
    }

    private Location made(CodePlace place) {
        for (Location other : locations.values()) {
            if (!other.directory() && other.origin().path().equals(place.path())) {
                return other.sibling(place);
            }
        }
        return Location.at(place);
    }
}
