// SPDX-License-Identifier: Apache-2.0
package io.reloader;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/architecture.md} is what the house is. */
class ArchitectureDocTest {
    private static final Path DOC = Path.of("..", "docs", "architecture.md");
    private static final Path ROOT = Path.of("src", "main", "java", "io", "reloader");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z]+)` \\|");
    private static final Pattern TYPE = Pattern.compile("\\b([a-z]+)\\.([A-Z][A-Za-z0-9]+)\\b");

    @Test
    void thePackagesItListsAreThoseThatExist() throws IOException {
        List<String> listed = matches(ROW).map(match -> match.group(1)).toList();
        try (Stream<Path> folders = Files.list(ROOT)) {
            assertThat(listed)
                    .containsExactlyInAnyOrderElementsOf(folders.filter(Files::isDirectory)
                            .map(folder -> folder.getFileName().toString())
                            .toList());
        }
    }

    @Test
    void theTypesThatItNamesExist() throws IOException {
        assertThat(matches(TYPE)
                        .filter(match -> Files.isDirectory(ROOT.resolve(match.group(1))))
                        .map(match -> match.group(1) + "/" + match.group(2) + ".java"))
                .isNotEmpty()
                .allMatch(file -> Files.exists(ROOT.resolve(file)));
    }

    private static Stream<MatchResult> matches(Pattern pattern) throws IOException {
        return pattern.matcher(Files.readString(DOC)).results();
    }
}
