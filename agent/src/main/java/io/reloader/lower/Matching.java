// SPDX-License-Identifier: Apache-2.0
package io.reloader.lower;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Pairs the counted classes that are loaded with the class files that now have them: compilers count in the order of the
 * source, and objects that were made before run what has the name of their class. The rest gets names that no loaded
 * class has.
 */
public final class Matching {
    private final Loaded loaded;
    private final Map<String, byte[]> files;
    private final Map<String, String> names = new TreeMap<>();

    private Matching(Loaded loaded, Map<String, byte[]> files) {
        this.loaded = loaded;
        this.files = files;
    }

    /**
     * The classes of one top class that are loaded. The arrays are not written to.
     *
     * @param files by the name of each counted one, that which its class file had; empty if it has none any more
     * @param code what the source of each said that its code is known of, by name
     * @param linked by the names of class files, loaded classes that are known to be what these hold
     * @param taken whether a name must not be given to a class
     */
    public record Loaded(
            Map<String, String> files, Map<String, byte[]> code, Map<String, String> linked, Predicate<String> taken) {}

    /** By the name of each counted class file, that of its class. */
    public static Map<String, String> of(Loaded loaded, Map<String, byte[]> files) {
        return new Matching(loaded, files).match();
    }

    /** Those of which this holds for all that they refer to. */
    public static Map<String, String> closed(Map<String, String> linked, Map<String, byte[]> files) {
        Map<String, String> closed = new TreeMap<>(linked);
        while (closed.keySet().removeIf(name -> !within(name, closed, files))) {
            // One that goes may take others with it.
        }
        return closed;
    }

    private static boolean within(String name, Map<String, String> closed, Map<String, byte[]> files) {
        byte[] bytes = files.get(name);
        if (bytes == null) {
            return false;
        }
        for (String each : Counted.nested(bytes)) {
            if (Counted.is(each) && !closed.containsKey(each)) {
                return false;
            }
        }
        return true;
    }

    private Map<String, String> match() {
        names.putAll(loaded.linked);
        Map<String, CountedClass> before = classes(loaded.code);
        Map<String, CountedClass> after = classes(files);
        before.keySet().retainAll(loaded.files.keySet());
        Family.Sides sides = new Family.Sides(
                before, after, Colours.before(before, loaded.linked), Colours.after(after, loaded.linked));
        for (String parent : parents()) {
            family(parent, sides);
        }
        return names;
    }

    /** Outer ones first. */
    private List<String> parents() {
        Set<String> parents =
                new TreeSet<>(Comparator.comparingInt(String::length).thenComparing(each -> each));
        files.keySet().stream().filter(Counted::is).map(Counted::parent).forEach(parents::add);
        return new ArrayList<>(parents);
    }

    private void family(String parent, Family.Sides sides) {
        String host = names.getOrDefault(parent, parent);
        List<String> children = new ArrayList<>();
        for (String file : files.keySet()) {
            if (Counted.is(file) && Counted.parent(file).equals(parent)) {
                if (Counted.numbered(file)) {
                    children.add(file);
                } else {
                    names.put(file, host + "$" + Counted.segment(file));
                }
            }
        }
        Makers after = Makers.of(files.get(parent));
        Makers before = Makers.of(loaded.code.get(host));
        Family family = new Family(sides, names);
        children.forEach(each -> family.came(each, after.of(each)));
        loaded.files.forEach((name, file) -> {
            if (Counted.numbered(name) && Counted.parent(name).equals(host)) {
                family.went(name, file, before.of(name));
            }
        });
        before.all().stream()
                .filter(name -> Counted.is(name) && Counted.parent(name).equals(host))
                .filter(name -> Counted.numbered(name) && !loaded.files.containsKey(name))
                .forEach(name -> family.unknown(name, before.of(name)));
        family.match();
        children.sort(Comparator.comparingInt(Counted::number));
        children.forEach(each -> names.computeIfAbsent(each, file -> free(host + "$" + Counted.segment(file))));
    }

    private String free(String name) {
        String free = name;
        for (int i = 2; loaded.files.containsKey(free) || names.containsValue(free) || isTaken(free, name); i++) {
            free = Counted.fresh(name, i);
        }
        return free;
    }

    /** Its own name is its file's, too. */
    private boolean isTaken(String free, String name) {
        return !free.equals(name) && (files.containsKey(free) || loaded.taken.test(free));
    }

    private static Map<String, CountedClass> classes(Map<String, byte[]> code) {
        Map<String, CountedClass> classes = new HashMap<>();
        code.forEach((name, bytes) -> {
            if (Counted.is(name)) {
                classes.put(name, new CountedClass(bytes));
            }
        });
        return classes;
    }

    /** Loaded ones that no class file holds any more. */
    public static Set<String> left(Loaded loaded, Map<String, String> names) {
        Set<String> left = new HashSet<>(loaded.files.keySet());
        left.removeAll(names.values());
        return left;
    }
}
