// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A small program in three versions, what a reload from each to the next is, and the questions that it is asked. How it is
 * written: resources/changes/README.md.
 *
 * @param place the package that is its own
 * @param release of Java that it is compiled for
 * @param stated the verdict of the reload to the second version and of the one to the third
 * @param allowed where a reloaded program may answer otherwise than one that was started anew
 */
record ChangeSet(
        String name, String place, int release, List<Set<Stated>> stated, List<Line> lines, List<Allowed> allowed) {
    static final int VERSIONS = 3;

    private static final int OLDEST = 17;
    private static final Pattern MARKED = Pattern.compile("([123]*)([|?*]) ?(.*)");
    private static final Pattern ALLOWED = Pattern.compile("!(o?)([23]+) (.+) -> (.*) : (.+)");
    private static final Pattern UNIT = Pattern.compile("-- (\\w+)");

    enum Stated {
        /** No class is changed. */
        SAME,
        /** Taken up as the JVM can. */
        BODY,
        /** Taken up, expressed as body changes and companions. */
        LOWERED,
        /** Refused, and rightly so. */
        RESTART,
        /** Refused, as long as it cannot be lowered. */
        LATER,
        /** Taken up, and its answers are not those of a new start: a fault that is known and to be mended. */
        WRONG
    }

    enum Kind {
        SOURCE,
        QUESTION,
        LIVE
    }

    /**
     * @param versions those that have it, as digits; empty if all have it
     * @param unit the package within the program's own; empty if that
     */
    record Line(String versions, Kind kind, String unit, String text) {
        boolean in(int version) {
            return versions.isEmpty() || versions.contains(String.valueOf(version));
        }
    }

    /**
     * A question whose answer differs from that of a new start, in these versions, and why that is right.
     *
     * @param old whether it is an old thread's, beside new ones, and differs from what that answered before
     */
    record Allowed(boolean old, String versions, String question, String answer, String reason) {
        boolean in(int version) {
            return versions.contains(String.valueOf(version));
        }
    }

    @Override
    public String toString() {
        return place + ": " + name;
    }

    /** {@code head}: the name, the two verdicts and, where it is not the oldest, the release. */
    static ChangeSet of(String place, String head, List<String> text) {
        String[] parts = head.split("\\s*\\|\\s*", -1);
        List<Set<Stated>> stated = new ArrayList<>();
        for (String each : parts[1].split(" ", -1)) {
            stated.add(Stream.of(each.split("/", -1))
                    .map(one -> Stated.valueOf(one.toUpperCase(Locale.ROOT)))
                    .collect(Collectors.toSet()));
        }
        if (stated.size() != VERSIONS - 1) {
            throw new IllegalArgumentException(head + " states " + stated.size() + " verdicts");
        }
        List<Line> lines = new ArrayList<>();
        List<Allowed> allowed = new ArrayList<>();
        String unit = "";
        for (String each : text) {
            Matcher next = UNIT.matcher(each);
            Matcher difference = ALLOWED.matcher(each);
            if (next.matches()) {
                unit = next.group(1);
            } else if (difference.matches()) {
                allowed.add(new Allowed(
                        !difference.group(1).isEmpty(),
                        difference.group(2),
                        difference.group(3),
                        difference.group(4),
                        difference.group(5)));
            } else {
                lines.add(line(each, unit));
            }
        }
        int release = parts.length > 2 ? Integer.parseInt(parts[2]) : OLDEST;
        return new ChangeSet(parts[0], place, release, stated, lines, allowed);
    }

    private static Line line(String text, String unit) {
        Matcher marked = MARKED.matcher(text);
        if (!marked.matches()) {
            return new Line("", Kind.SOURCE, unit, text);
        }
        Kind kind = Map.of("|", Kind.SOURCE, "?", Kind.QUESTION, "*", Kind.LIVE).get(marked.group(2));
        return new Line(marked.group(1), Objects.requireNonNull(kind), unit, marked.group(3));
    }

    boolean wrong() {
        return stated.stream().anyMatch(each -> each.contains(Stated.WRONG));
    }

    /** Which of several depends on the compiler. */
    Set<Stated> stated(int version) {
        return stated.get(version - 2);
    }

    /** Of one version, by path: the program's own, and a class Main that asks it. */
    Map<String, String> sources(int version) {
        Map<String, StringBuilder> units = new LinkedHashMap<>();
        for (Line each : lines) {
            if (each.kind == Kind.SOURCE && each.in(version)) {
                units.computeIfAbsent(each.unit, unit -> new StringBuilder())
                        .append(each.text.replace("§", place))
                        .append('\n');
            }
        }
        Map<String, String> sources = new LinkedHashMap<>();
        units.forEach((unit, text) -> {
            String within = unit.isEmpty() ? place : place + "." + unit;
            sources.put(within.replace('.', '/') + "/Source", "package " + within + ";\n" + text);
        });
        sources.put(place.replace('.', '/') + "/Main", main(version));
        return sources;
    }

    private String main(int version) {
        StringBuilder text = new StringBuilder("package " + place + ";\npublic final class Main {\n");
        of(Kind.LIVE, version)
                .forEach(each -> text.append("static final ").append(each).append(";\n"));
        text.append("public static java.util.Map<String, String> answers() {\n");
        text.append("java.util.Map<String, String> all = new java.util.LinkedHashMap<>();\n");
        for (String each : of(Kind.QUESTION, version)) {
            String quoted = '"' + each.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
            text.append("try { all.put(").append(quoted).append(", \"\" + (").append(each.replace("§", place));
            text.append(")); } catch (Throwable e) { all.put(").append(quoted).append(", \"threw \" + e); }\n");
        }
        return text.append("return all;\n}\n}\n").toString();
    }

    private List<String> of(Kind kind, int version) {
        return lines.stream()
                .filter(each -> each.kind == kind && each.in(version))
                .map(Line::text)
                .toList();
    }
}
