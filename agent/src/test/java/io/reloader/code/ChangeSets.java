// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The change sets of resources/changes. */
final class ChangeSets {
    /** What the sets of each file are about. */
    static final List<String> AREAS = List.of(
            "bodies",
            "methods",
            "lambdas",
            "statics",
            "fields",
            "constructors",
            "classes",
            "counted",
            "interfaces",
            "overrides",
            "switches",
            "reflection",
            "refusals");

    private static final String HEAD = "== ";

    private ChangeSets() {}

    /** Those that this JVM can compile. */
    static List<ChangeSet> of(String area) {
        return read(area).stream()
                .filter(each -> each.release() <= Runtime.version().feature())
                .toList();
    }

    static List<ChangeSet> read(String area) {
        List<ChangeSet> sets = new ArrayList<>();
        List<String> text = new ArrayList<>();
        String head = "";
        for (String line : lines(area)) {
            if (line.startsWith(HEAD)) {
                add(sets, area, head, text);
                head = line.substring(HEAD.length());
                text = new ArrayList<>();
            } else if (!line.startsWith("#")) {
                text.add(line);
            }
        }
        add(sets, area, head, text);
        return sets;
    }

    private static void add(List<ChangeSet> sets, String area, String head, List<String> text) {
        if (!head.isEmpty()) {
            sets.add(ChangeSet.of(area + ".c" + (sets.size() + 1), head, text));
        }
    }

    private static List<String> lines(String area) {
        try (InputStream in = ChangeSets.class.getResourceAsStream("/changes/" + area + ".txt")) {
            String text = new String(Objects.requireNonNull(in, area).readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The class files of one version of each, by internal name; all are compiled at once, which saves most of the time. */
    static Map<ChangeSet, Map<String, byte[]>> compile(List<ChangeSet> sets, int version) {
        Map<Integer, List<ChangeSet>> releases = sets.stream().collect(Collectors.groupingBy(ChangeSet::release));
        Map<ChangeSet, Map<String, byte[]>> compiled = new HashMap<>();
        releases.forEach((release, each) -> {
            Map<String, String> sources = new TreeMap<>();
            each.forEach(set -> sources.putAll(set.sources(version)));
            Map<String, byte[]> classes = Sources.compile(sources, "--release", String.valueOf(release));
            each.forEach(set -> compiled.put(set, within(set.place(), classes)));
        });
        return compiled;
    }

    private static Map<String, byte[]> within(String place, Map<String, byte[]> classes) {
        Map<String, byte[]> own = new TreeMap<>(classes);
        own.keySet().removeIf(name -> !name.startsWith(place.replace('.', '/') + "/"));
        return own;
    }
}
