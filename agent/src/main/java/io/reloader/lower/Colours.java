// SPDX-License-Identifier: Apache-2.0
package io.reloader.lower;

import java.util.HashMap;
import java.util.Map;

/**
 * Says of counted classes which are the same in two versions of their source, what they refer to included: of the same
 * colour are those whose code is the same with colours in place of numbered names.
 */
final class Colours {
    private static final int DEEPEST = 8;

    private final Map<String, String> colours = new HashMap<>();

    /** Of the classes before and after; {@code linked}: names after, and those before that are known to be the same. */
    static Map<String, String> before(Map<String, CountedClass> classes, Map<String, String> linked) {
        Map<String, String> fixed = new HashMap<>();
        linked.forEach((after, before) -> fixed.put(before, "=" + before));
        return of(classes, fixed);
    }

    static Map<String, String> after(Map<String, CountedClass> classes, Map<String, String> linked) {
        Map<String, String> fixed = new HashMap<>();
        linked.forEach((after, before) -> fixed.put(after, "=" + before));
        return of(classes, fixed);
    }

    private static Map<String, String> of(Map<String, CountedClass> classes, Map<String, String> fixed) {
        Colours all = new Colours();
        classes.keySet().forEach(name -> all.colours.put(name, Counted.local(name)));
        for (int i = 0; i < DEEPEST; i++) {
            all.round(classes, fixed);
        }
        return all.colours;
    }

    private void round(Map<String, CountedClass> classes, Map<String, String> fixed) {
        Map<String, String> next = new HashMap<>(fixed);
        classes.forEach((name, each) -> next.putIfAbsent(
                name, Digest.of(each.text(other -> "{" + colours.getOrDefault(other, Counted.local(other)) + "}"))));
        colours.clear();
        colours.putAll(next);
    }
}
