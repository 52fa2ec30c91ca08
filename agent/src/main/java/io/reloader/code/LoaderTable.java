// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.net.URL;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The classes of one class loader. Written by threads that load classes and by the take-up thread. */
final class LoaderTable {
    /** By internal name. */
    private final ConcurrentHashMap<String, Live> classes = new ConcurrentHashMap<>();

    /** By URL path: a URL as a key would resolve host names. */
    private final ConcurrentHashMap<String, Location> locations = new ConcurrentHashMap<>();

    @Nullable
    Live get(String name) {
        return classes.get(name);
    }

    @Nullable
    Live put(String name, Live live) {
        return classes.put(name, live);
    }

    @Nullable
    Live putIfAbsent(String name, Live live) {
        return classes.putIfAbsent(name, live);
    }

    boolean replace(String name, Live expected, Live next) {
        return classes.replace(name, expected, next);
    }

    int size() {
        return classes.size();
    }

    @Nullable
    Location location(@Nullable URL source) {
        if (source == null || !"file".equals(source.getProtocol())) {
            return null;
        }
        Location known = locations.get(source.getPath());
        if (known != null) {
            return known;
        }
        Location found = Location.at(source);
        if (found == null) {
            return null;
        }
        Location other = locations.putIfAbsent(source.getPath(), found);
        return other == null ? found : other;
    }
}
