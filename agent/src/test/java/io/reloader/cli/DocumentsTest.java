// SPDX-License-Identifier: Apache-2.0
package io.reloader.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The manual page says what the tables in the sources say. */
class DocumentsTest {
    private static final String REMEDY = "run scripts/docs";

    @Test
    void theManualPageIsTheOneOfTheSources() throws IOException {
        assertThat(Files.readString(Documents.MANUAL)).as(REMEDY).isEqualTo(Documents.manual());
    }

    @Test
    void aFormatterReadsTheManualPageWithoutAWord() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/groff")), "groff");
        Process process = new ProcessBuilder("groff", "-man", "-Tutf8", "-ww", "-z", Documents.MANUAL.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(said).isEmpty();
        assertThat(process.exitValue()).isZero();
    }
}
