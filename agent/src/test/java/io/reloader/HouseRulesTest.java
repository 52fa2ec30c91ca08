// SPDX-License-Identifier: Apache-2.0
package io.reloader;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What keeps a file readable in one sitting. */
class HouseRulesTest {
    private static final int LONGEST_FILE = 400;
    private static final List<String> EMPTY_WORDS = List.of("Util", "Utils", "Helper", "Manager", "Impl", "Common");

    @Test
    void noFileIsTooLongToReadInOneSitting() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path file : sources()) {
            int lines = Files.readAllLines(file).size();
            if (lines > LONGEST_FILE) {
                tooLong.add(file + " has " + lines + " lines");
            }
        }
        assertThat(tooLong).isEmpty();
    }

    @Test
    void noTypeIsNamedForNothing() throws IOException {
        assertThat(sources())
                .noneMatch(file -> EMPTY_WORDS.stream()
                        .anyMatch(word -> file.getFileName().toString().endsWith(word + ".java")));
    }

    @Test
    void everyFileNamesItsLicence() throws IOException {
        for (Path file : sources()) {
            assertThat(Files.readString(file)).as("%s", file).startsWith("// SPDX-License-Identifier: Apache-2.0\n");
        }
    }

    @Test
    void noFileNamesAPackageRegistry() throws IOException {
        List<String> hosts = List.of("repo" + ".maven", "repo1" + ".maven", "registry" + ".npmjs");
        try (Stream<Path> files = Files.list(Path.of(".."))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file)).as("%s", file).doesNotContain(hosts);
            }
        }
    }

    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String module : List.of("agent", "sample-app", "integration-tests")) {
            try (Stream<Path> files = Files.walk(Path.of("..", module, "src"))) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
            }
        }
        assertThat(sources).hasSizeGreaterThan(100);
        return sources;
    }
}
