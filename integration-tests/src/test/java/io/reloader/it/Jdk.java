// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A JDK to run a process on: the one that runs the tests, and a JDK 21 and a JDK 25 where one is under /usr/lib/jvm.
 *
 * @param feature 17, 21, 25
 */
record Jdk(int feature, Path home) {
    private static final Path INSTALLED = Path.of("/usr/lib/jvm");
    private static final int CURRENT = Runtime.version().feature();
    private static final int BETWEEN = 21;
    private static final int NEWEST = 25;
    private static final List<Jdk> EVERY_RELEASE = find();
    private static final List<Jdk> ALL = EVERY_RELEASE.stream()
            .filter(jdk -> jdk.feature == CURRENT || jdk.feature == NEWEST)
            .toList();

    /** The oldest and the newest. */
    static List<Jdk> all() {
        return ALL;
    }

    /** For what is another thing in each release. */
    static List<Jdk> everyRelease() {
        return EVERY_RELEASE;
    }

    static Jdk current() {
        return ALL.get(0);
    }

    Path java() {
        return home.resolve("bin/java");
    }

    Path tool(String name) {
        return home.resolve("bin").resolve(name);
    }

    @Override
    public String toString() {
        return "JDK " + feature;
    }

    private static List<Jdk> find() {
        List<Jdk> found = new ArrayList<>();
        found.add(new Jdk(CURRENT, Path.of(System.getProperty("java.home"))));
        Stream.of(BETWEEN, NEWEST)
                .filter(feature -> feature != CURRENT)
                .flatMap(feature -> installed(feature).stream())
                .forEach(found::add);
        System.out.println("process tests run on " + found);
        return List.copyOf(found);
    }

    private static Optional<Jdk> installed(int feature) {
        try (Stream<Path> homes = Files.isDirectory(INSTALLED) ? Files.list(INSTALLED) : Stream.empty()) {
            return homes.sorted()
                    .filter(home -> feature(home) == feature)
                    .findFirst()
                    .map(home -> new Jdk(feature, home));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int feature(Path home) {
        Path release = home.resolve("release");
        if (!Files.isReadable(release) || !Files.isExecutable(home.resolve("bin/javac"))) {
            return -1;
        }
        Properties facts = new Properties();
        try (Reader reader = Files.newBufferedReader(release)) {
            facts.load(reader);
        } catch (IOException e) {
            return -1;
        }
        String version = facts.getProperty("JAVA_VERSION", "").replace("\"", "");
        return version.isEmpty() ? -1 : Runtime.Version.parse(version).feature();
    }
}
