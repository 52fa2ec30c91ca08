// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** Runs change sets, all or those that {@code -Dchange} names, in this JVM; a program of its own on another JDK. */
final class Differential {
    private static final String ONLY = System.getProperty("change", "");

    /** The versions of each area's sets: compiled once, run plain and with two versions. */
    private static final Map<String, List<Map<ChangeSet, Map<String, byte[]>>>> COMPILED = new ConcurrentHashMap<>();

    private Differential() {}

    /** Exit code 1, and lines, if any program did not answer as it should. */
    public static void main(String[] args) throws Exception {
        Path home = Files.createTempDirectory(Path.of(args[0]), "changes");
        int faults = 0;
        int sets = 0;
        for (String area : ChangeSets.AREAS) {
            for (boolean two : new boolean[] {false, true}) {
                List<String> found = faults(area, two, home);
                found.forEach(line -> System.out.println("fault " + line));
                faults += found.size();
            }
            sets += ChangeSets.of(area).size();
        }
        System.out.println("ran " + sets + " change sets, plain and with two versions; " + faults + " faults");
        System.exit(faults == 0 ? 0 : 1);
    }

    /** {@code two}: whether threads run two versions while a reload is under way. */
    static List<String> faults(String area, boolean two, Path home) throws Exception {
        try (Application app = Application.structural(two)) {
            return faults(area, two, app, home);
        }
    }

    /** The same in this application. */
    static List<String> faults(String area, boolean two, Application app, Path home) throws Exception {
        List<Map<ChangeSet, Map<String, byte[]>>> compiled = COMPILED.computeIfAbsent(area, Differential::compile);
        List<String> faults = new ArrayList<>();
        app.code.remember();
        for (ChangeSet set : sets(area)) {
            List<Map<String, byte[]>> versions = compiled.stream()
                    .map(each -> Objects.requireNonNull(each.get(set)))
                    .toList();
            Path place = home.resolve(two ? "two" : "one");
            new Trial(app, place, set, two).run(versions).forEach(fault -> faults.add(set + ": " + fault));
        }
        return faults;
    }

    private static List<Map<ChangeSet, Map<String, byte[]>>> compile(String area) {
        return IntStream.rangeClosed(1, ChangeSet.VERSIONS)
                .mapToObj(version -> ChangeSets.compile(sets(area), version))
                .toList();
    }

    private static List<ChangeSet> sets(String area) {
        return ChangeSets.of(area).stream()
                .filter(set -> ONLY.isEmpty() || (set.place() + ".").startsWith(ONLY + "."))
                .toList();
    }
}
