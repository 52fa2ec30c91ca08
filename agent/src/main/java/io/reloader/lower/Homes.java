// SPDX-License-Identifier: Apache-2.0
package io.reloader.lower;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The members that a class has had added since it was loaded. Immutable.
 *
 * @param methods by name and descriptor; of a constructor, the static method that makes an object with it
 * @param fields by name and descriptor
 * @param bodies of methods that callers of {@code super} reach past what overrides were added, by name and descriptor
 * @param carrier null if the class has had no constructor added
 */
public record Homes(
        Map<String, Home> methods,
        Map<String, Home> fields,
        Map<String, Home> bodies,
        @Nullable Carrier carrier) {
    public static final Homes NONE = new Homes(Map.of(), Map.of(), Map.of(), null);

    public Homes {
        methods = Map.copyOf(methods);
        fields = Map.copyOf(fields);
        bodies = Map.copyOf(bodies);
    }

    @Nullable
    Home method(String key) {
        return methods.get(key);
    }

    @Nullable
    Home field(String key) {
        return fields.get(key);
    }

    @Nullable
    Home body(String key) {
        return bodies.get(key);
    }

    Homes withMethod(String key, Home home) {
        return new Homes(with(methods, key, home), fields, bodies, carrier);
    }

    Homes withField(String key, Home home) {
        return new Homes(methods, with(fields, key, home), bodies, carrier);
    }

    Homes withBody(String key, Home home) {
        return new Homes(methods, fields, with(bodies, key, home), carrier);
    }

    Homes withCarrier(Carrier one) {
        return new Homes(methods, fields, bodies, one);
    }

    /** What was added, by name and descriptor. */
    public Set<String> members() {
        Set<String> all = new TreeSet<>(methods.keySet());
        all.addAll(fields.keySet());
        return all;
    }

    /** Internal names of the companions. */
    public Set<String> companions() {
        Set<String> names = new TreeSet<>();
        methods.values().forEach(each -> names.add(each.companion()));
        fields.values().forEach(each -> names.add(each.companion()));
        bodies.values().forEach(each -> names.add(each.companion()));
        return names;
    }

    private static Map<String, Home> with(Map<String, Home> all, String key, Home home) {
        Map<String, Home> more = new TreeMap<>(all);
        more.put(key, home);
        return more;
    }
}
