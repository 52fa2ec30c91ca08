// SPDX-License-Identifier: Apache-2.0
package io.reloader.lower;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;

/**
 * Which methods have to look out for receivers whose classes have had an override added: the JVM, which knows nothing of
 * those, calls the method that they override.
 */
public final class Catches {
    /** Higher than any interface is. */
    private static final int CLASS = 1 << 20;

    private static final String STAYS = "'s from callers that are not built anew";
    private static final Pattern FIELD_TYPE = Pattern.compile("\\[*([BCDFIJSZ]|L[^;]+;)$");

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
                type.homes().fields().keySet().forEach(key -> catches.hidingField(type, key));
                type.pinned().fields().keySet().forEach(key -> catches.removedField(type, key));
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
            if (more.body(key) == null && called(name, key)) {
                int at = key.indexOf('(');
                String descriptor = Link.bound(name, key.substring(at));
                more = more.withBody(key, new Home(fresh, key.substring(0, at) + "$super", descriptor));
            }
        }
        return more;
    }

    /** Whether a call of {@code super} can reach it: not if its source has it no more, and nothing in its place. */
    private boolean called(String name, String key) {
        Type type = types.find(name);
        return type != null && (type.methods().containsKey(key) || types.inherited(type, key) != null);
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
        for (Types.Member above : Overridden.by(types, type, key)) {
            Type declaring = above.declaring();
            if (declaring.changeable()) {
                all.computeIfAbsent(declaring.name(), each -> new TreeMap<>())
                        .computeIfAbsent(key, each -> new TreeMap<>(lowestFirst()))
                        .put(type.name(), home);
            } else {
                refuse(
                        type,
                        key,
                        "is an override of " + declaring.name().replace('/', '.')
                                + "'s, which is not the application's to change");
            }
        }
    }

    /** Classes before interfaces, and each before those that it is below. */
    private Comparator<String> lowestFirst() {
        return Comparator.comparing((String name) -> height(name)).reversed().thenComparing(name -> name);
    }

    private int height(String name) {
        Type type = types.find(name);
        if (type == null) {
            return 0;
        }
        return type.isInterface()
                ? types.interfaces(type).size()
                : CLASS + types.superclasses(type).size();
    }

    private void hiding(Type type, String key, @Nullable Integer access) {
        if (access == null || (access & Opcodes.ACC_STATIC) == 0 || (access & Opcodes.ACC_PRIVATE) != 0) {
            return;
        }
        Types.Member above = types.inherited(type, key);
        if (above != null && above.is(Opcodes.ACC_STATIC) && !above.is(Opcodes.ACC_PRIVATE)) {
            refuse(type, key, "hides " + above.declaring().name().replace('/', '.') + STAYS);
        }
    }

    private void hidingField(Type type, String key) {
        int access = type.fields().getOrDefault(key, Opcodes.ACC_PRIVATE);
        Type above = aboveField(type, key);
        if (above != null && (access & Opcodes.ACC_STATIC) != 0 && (access & Opcodes.ACC_PRIVATE) == 0) {
            refuseField(type, key, "was added", "it hides " + above.name().replace('/', '.') + STAYS);
        }
    }

    /** The JVM finds it still, nearer than the one that its name means now. */
    private void removedField(Type type, String key) {
        Type above = type.fields().containsKey(key) ? null : aboveField(type, key);
        if (above != null && above.homes().field(key) == null) {
            refuseField(
                    type,
                    key,
                    "was removed",
                    "it goes on hiding " + above.name().replace('/', '.') + STAYS);
        }
    }

    private @Nullable Type aboveField(Type type, String key) {
        for (String each : type.supertypes()) {
            Type found = types.field(each, key);
            if (found != null && (found.fields().getOrDefault(key, 0) & Opcodes.ACC_PRIVATE) == 0) {
                return found;
            }
        }
        return null;
    }

    private void refuseField(Type type, String key, String fact, String reason) {
        int end = FIELD_TYPE.matcher(key).replaceFirst("").length();
        refusals.add(new Refusal(type.name(), key.substring(0, end), key.substring(end), fact, reason));
    }

    private void refuse(Type type, String key, String reason) {
        int at = key.indexOf('(');
        refusals.add(new Refusal(type.name(), key.substring(0, at), key.substring(at), "was added", "it " + reason));
    }
}
