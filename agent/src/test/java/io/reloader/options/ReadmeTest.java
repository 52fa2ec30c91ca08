// SPDX-License-Identifier: Apache-2.0
package io.reloader.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadmeTest {

    @Test
    void theReadmeListsEveryOptionAsTheTableHasIt() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("..", "README.md")).stream()
                .filter(line -> line.startsWith("| `") && line.endsWith(") |"))
                .toList();

        assertThat(rows)
                .containsExactlyElementsOf(Arrays.stream(Option.values())
                        .map(option -> "| `" + option.key() + "` | "
                                + (option.standard().isEmpty() ? "" : "`" + option.standard() + "`") + " | "
                                + option.doc() + " (" + option.rule() + ") |")
                        .toList());
    }
}
