// SPDX-License-Identifier: Apache-2.0
package io.reloader.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TroubleshootingTest {
    private static final String HEADING = "## ";

    @Test
    void eachHeadingIsAMessageOfOurs() throws IOException {
        String said = literals();
        List<String> headings = Files.readAllLines(Path.of("../docs/troubleshooting.md")).stream()
                .filter(line -> line.startsWith(HEADING))
                .map(line -> line.substring(HEADING.length()))
                .toList();
        assertThat(headings).hasSizeGreaterThan(20).doesNotHaveDuplicates();
        for (String heading : headings) {
            assertThat(heading.split("\\.\\.\\."))
                    .as(heading)
                    .filteredOn(part -> part.strip().length() > 3)
                    .isNotEmpty()
                    .allSatisfy(part -> assertThat(said).contains(part.strip()));
        }
    }

    /** The sources, with literals that are joined made one. */
    private static String literals() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            return sources.filter(file -> file.toString().endsWith(".java"))
                    .map(TroubleshootingTest::text)
                    .collect(Collectors.joining("\n"))
                    .replaceAll("\"\\s*\\+\\s*\"", "");
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
