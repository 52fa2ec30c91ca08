// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A JDK to run a process on: the one that runs the tests, and a JDK 25 where one is under /usr/lib/jvm.
 *
 * @param feature 17, 25
 */
record Jdk(int feature, Path home) {
    private static final Path INSTALLED = Path.of("/usr/lib/jvm");
    private static final List<Jdk> ALL = find();

    static List<Jdk> all() {
        return ALL;
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
        found.add(new Jdk(Runtime.version().feature(), Path.of(System.getProperty("java.home"))));
        try (Stream<Path> homes = Files.isDirectory(INSTALLED) ? Files.list(INSTALLED) : Stream.empty()) {
            homes.sorted().filter(home -> feature(home) == 25).limit(1).forEach(home -> found.add(new Jdk(25, home)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (found.size() == 1) {
            System.out.println("No JDK 25 under " + INSTALLED + ": process tests run on JDK "
                    + found.get(0).feature() + " only");
        }
        return List.copyOf(found);
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
