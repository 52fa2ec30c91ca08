// SPDX-License-Identifier: Apache-2.0
package io.reloader.lower;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;

/**
 * Which methods have to look out for receivers whose classes have had an override added: the JVM, which knows nothing of
 * those, calls the method that they override.
 */
public final class Catches {
    private final Types types;

    /** By class, then by method: the homes of the overrides by the class that has them. */
    private final Map<String, Map<String, Map<String, Home>>> all = new TreeMap<>();

    private final List<Refusal> refusals = new ArrayList<>();

    private Catches(Types types) {
        this.types = types;
    }

    /** {@code names}: of every class that has had something added. */
    public static Catches of(Types types, Collection<String> names) {
        Catches catches = new Catches(types);
        for (String name : new TreeSet<>(names)) {
            Type type = types.find(name);
            if (type != null) {
                type.homes().methods().forEach((key, home) -> {
                    if (!key.startsWith("<init>")) {
                        catches.add(type, key, home);
                    }
                });
            }
        }
        return catches;
    }

    /** The classes that have to look out. */
    public Set<String> classes() {
        return all.keySet();
    }

    /** What keeps a class from it. */
    public List<Refusal> refusals() {
        return List.copyOf(refusals);
    }

    /** The same homes, with one for each body that callers of {@code super} reach. */
    public Homes bodies(String name, Homes homes, String fresh) {
        Homes more = homes;
        for (String key : of(name).keySet()) {
            if (more.body(key) == null) {
                int at = key.indexOf('(');
                String descriptor = Link.bound(name, key.substring(at));
                more = more.withBody(key, new Home(fresh, key.substring(0, at) + "$super", descriptor));
            }
        }
        return more;
    }

    Map<String, Map<String, Home>> of(String name) {
        return all.getOrDefault(name, Map.of());
    }

    private void add(Type type, String key, Home home) {
        Integer access = type.methods().get(key);
        if (access == null || (access & (Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE)) != 0) {
            hiding(type, key, access);
            return;
        }
        Types.Member above = types.inherited(type, key);
        Type object = above == null && type.isInterface() ? types.find("java/lang/Object") : null;
        if (object != null) {
            above = object.methods().containsKey(key)
                    ? new Types.Member(object, key, object.methods().get(key))
                    : null;
        }
        if (above == null || above.is(Opcodes.ACC_PRIVATE) || above.is(Opcodes.ACC_STATIC)) {
            return;
        }
        Type declaring = above.declaring();
        if (Plan.breadth(above.access()) == 1 && !declaring.packageName().equals(type.packageName())) {
            return;
        }
        boolean body = above.home() != null || !above.is(Opcodes.ACC_ABSTRACT);
        if (!declaring.changeable()) {
            refuse(
                    type,
                    key,
                    "is an override of " + declaring.name().replace('/', '.')
                            + "'s, which is not the application's to change");
        } else if (!body) {
            refuse(
                    type,
                    key,
                    "implements what has no body in " + declaring.name().replace('/', '.'));
        } else {
            all.computeIfAbsent(declaring.name(), each -> new TreeMap<>())
                    .computeIfAbsent(key, each -> new TreeMap<>())
                    .put(type.name(), home);
        }
    }

    private void hiding(Type type, String key, @Nullable Integer access) {
        if (access == null || (access & Opcodes.ACC_STATIC) == 0 || (access & Opcodes.ACC_PRIVATE) != 0) {
            return;
        }
        Types.Member above = types.inherited(type, key);
        if (above != null && above.is(Opcodes.ACC_STATIC) && !above.is(Opcodes.ACC_PRIVATE)) {
            refuse(
                    type,
                    key,
                    "hides " + above.declaring().name().replace('/', '.') + "'s from callers that are not built anew");
        }
    }

    private void refuse(Type type, String key, String reason) {
        int at = key.indexOf('(');
        refusals.add(new Refusal(type.name(), key.substring(0, at), key.substring(at), "was added", "it " + reason));
    }
}
