// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Those of the brand-new classes that the changed ones need, directly or through each other; what else a new jar brings
 * is nobody's yet. Confined to the take-up thread.
 */
final class Additions {
    private final Map<String, List<Addition>> known = new HashMap<>();
    private final Set<Addition> wanted = new LinkedHashSet<>();
    private final ArrayDeque<Addition> unread = new ArrayDeque<>();

    private final Map<String, byte[]> overlay;

    /** {@code overlay}: what class loaders do not look at by themselves, by internal name. */
    Additions(Collection<Addition> all, Map<String, byte[]> overlay) {
        this.overlay = overlay;
        all.forEach(each ->
                known.computeIfAbsent(each.name(), name -> new ArrayList<>()).add(each));
    }

    /** A class names these; {@code beside} is it, or one of its place, if it is loaded. */
    void wanted(Candidate of, @Nullable Class<?> beside, Set<String> names) {
        LoaderTable table = of.table();
        for (String name : names) {
            if (beside != null && overlay.containsKey(name)) {
                fromOverlay(of, beside, name);
            }
            for (Addition each : named(table, name)) {
                if (wanted.add(each)) {
                    unread.add(each);
                }
            }
        }
    }

    private void fromOverlay(Candidate of, Class<?> beside, String name) {
        Live live = of.table().get(name);
        byte[] bytes = overlay.get(name);
        if (bytes == null
                || (live != null && live.loaded())
                || !named(of.table(), name).isEmpty()
                || beside.getClassLoader().getResource(name + ".class") != null) {
            return;
        }
        Candidate added = new Candidate(of.table(), name, of.location(), null, live);
        of.table().overlaid(name);
        known.computeIfAbsent(name, key -> new ArrayList<>()).add(new Addition(new Change(added, bytes, null), beside));
    }

    /** One whose own needs have not been asked for; null if there is none. */
    @Nullable
    Addition next() {
        return unread.poll();
    }

    Set<Addition> wanted() {
        return wanted;
    }

    /** What to tell once they are there, a line for each place that has brought some. */
    List<String> lines() {
        Map<String, Integer> counts = new TreeMap<>();
        wanted.forEach(each -> counts.merge(each.change().of().location().toString(), 1, Integer::sum));
        List<String> lines = new ArrayList<>();
        counts.forEach(
                (place, count) -> lines.add(count + " new " + (count == 1 ? "class" : "classes") + " from " + place));
        return lines;
    }

    /** The loader's own, else those of every other: which of them it asks is its own affair. */
    List<Addition> named(LoaderTable table, String name) {
        List<Addition> all = known.getOrDefault(name, List.of());
        for (Addition each : all) {
            if (each.table() == table) {
                return List.of(each);
            }
        }
        return all;
    }
}
