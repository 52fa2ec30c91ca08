// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import io.reloader.control.Findings;
import io.reloader.control.Findings.Finding;
import io.reloader.control.Findings.Verdict;
import io.reloader.control.TakeUp;
import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a reload makes of each step from one release of a library to the next, as a table; a program of its own. */
final class Histories {
    private static final Pattern JAR = Pattern.compile("(.+)-(\\d[\\d.]*)\\.jar");

    private final Path home;

    private Histories(Path home) {
        this.home = home;
    }

    /** The folder of the jars, and one to work in. */
    public static void main(String[] args) throws Exception {
        Histories histories = new Histories(Path.of(args[1]));
        System.out.println("| Library | Releases | Changed classes | Body | Lowered | Needs restart | New classes"
                + " | Releases taken up whole |");
        System.out.println("| --- | --- | --- | --- | --- | --- | --- | --- |");
        Map<String, Integer> reasons = new TreeMap<>();
        for (var each : releases(Path.of(args[0])).entrySet()) {
            histories.library(each.getKey(), each.getValue(), reasons);
        }
        System.out.println();
        System.out.println("| Why a class needs a restart | Classes |");
        System.out.println("| --- | --- |");
        reasons.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .forEach(each -> System.out.println("| " + each.getKey() + " | " + each.getValue() + " |"));
        System.exit(0);
    }

    /** By library, oldest first. */
    private static Map<String, List<Path>> releases(Path jars) throws IOException {
        Map<String, TreeMap<Version, Path>> found = new TreeMap<>();
        try (Stream<Path> files = Files.list(jars)) {
            for (Path jar : files.toList()) {
                Matcher name = JAR.matcher(String.valueOf(jar.getFileName()));
                if (name.matches()) {
                    found.computeIfAbsent(name.group(1), library -> new TreeMap<>(Comparator.naturalOrder()))
                            .put(Version.parse(name.group(2)), jar);
                }
            }
        }
        Map<String, List<Path>> releases = new TreeMap<>();
        found.forEach((library, versions) -> releases.put(library, List.copyOf(versions.values())));
        return releases;
    }

    private void library(String library, List<Path> releases, Map<String, Integer> reasons) throws Exception {
        Tally tally = new Tally();
        for (int i = 1; i < releases.size(); i++) {
            step(releases.get(i - 1), releases.get(i), tally, reasons);
        }
        System.out.println("| " + library + " " + version(releases.get(0)) + " to "
                + version(releases.get(releases.size() - 1)) + " | " + releases.size() + " | " + tally + " |");
    }

    private static String version(Path jar) {
        return JAR.matcher(String.valueOf(jar.getFileName())).replaceAll("$2");
    }

    private void step(Path from, Path to, Tally tally, Map<String, Integer> reasons) throws Exception {
        // In a folder of its own: of releases beside each other a reload would take one for the other's successor.
        Path live = Files.createTempDirectory(home, "step").resolve("library.jar");
        Files.copy(from, live);
        try (Application app = Application.structural()) {
            URLClassLoader loader = app.loader(live);
            load(live, loader);
            app.code.remember();
            Path beside = live.resolveSibling("next");
            Files.copy(to, beside);
            Files.move(beside, live, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            Findings found = app.code.check();
            found.classes().forEach(each -> tally.count(each, reasons));
            if (found.faults().isEmpty()) {
                TakeUp ended = app.reload();
                if (!(ended instanceof TakeUp.Applied)) {
                    throw new IllegalStateException(from + " to " + to + ": " + ended);
                }
                tally.whole++;
            }
        }
        Files.delete(live);
    }

    /** Those that need what the library can do without stay out. */
    private static void load(Path jar, ClassLoader loader) throws IOException {
        List<String> names;
        try (JarFile file = new JarFile(jar.toFile())) {
            names = file.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.endsWith(".class") && !name.startsWith("META-INF/"))
                    .filter(name -> !name.endsWith("-info.class"))
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .toList();
        }
        for (String name : names) {
            try {
                Class.forName(name, false, loader);
            } catch (ClassNotFoundException | LinkageError e) {
                System.err.println(jar.getFileName() + " without " + name + ": " + e);
            }
        }
    }

    private static final class Tally {
        private final Map<Verdict, Integer> counts = new TreeMap<>();
        private int whole;

        void count(Finding each, Map<String, Integer> reasons) {
            counts.merge(each.verdict(), 1, Integer::sum);
            if (each.verdict().compareTo(Verdict.BROKEN) >= 0) {
                why(each).forEach(reason -> reasons.merge(reason, 1, Integer::sum));
            }
        }

        /** Each rule once, without the members that it was applied to. */
        private static Set<String> why(Finding each) {
            Set<String> why = new TreeSet<>();
            for (String line : each.reasons()) {
                String[] parts = line.split("; ", -1);
                if (each.verdict() == Verdict.BROKEN) {
                    why.add(line);
                } else if (parts.length > 2 && line.endsWith("restart the process")) {
                    why.add(parts[parts.length - 2]);
                }
            }
            return why;
        }

        @Override
        public String toString() {
            List<Integer> columns = new ArrayList<>();
            columns.add(of("STALE") + of("BODY") + of("LOWERED") + of("BROKEN") + of("RESTART"));
            columns.add(of("STALE") + of("BODY"));
            columns.add(of("LOWERED"));
            columns.add(of("BROKEN") + of("RESTART"));
            columns.add(of("NEW") + of("PENDING"));
            columns.add(whole);
            return String.join(" | ", columns.stream().map(String::valueOf).toList());
        }

        private int of(String verdict) {
            return counts.entrySet().stream()
                    .filter(each -> each.getKey().name().equals(verdict))
                    .mapToInt(Map.Entry::getValue)
                    .sum();
        }
    }
}
