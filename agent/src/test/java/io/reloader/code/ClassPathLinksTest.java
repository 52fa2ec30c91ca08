// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassPathLinksTest {

    @Test
    void aSwitchedLinkOfTheClassPathIsAFaultThatNamesBothEnds(@TempDir Path given) throws IOException {
        Path folder = given.toRealPath();
        Path one = Files.createDirectory(folder.resolve("1"));
        Path two = Files.createDirectory(folder.resolve("2"));
        Path current = Files.createSymbolicLink(folder.resolve("current"), Path.of("1"));
        ClassPathLinks links = new ClassPathLinks(one + File.pathSeparator + current);
        links.remember();

        Sweep before = new Sweep();
        links.compare(before);
        assertThat(before.faults).isEmpty();

        Files.delete(current);
        Files.createSymbolicLink(current, Path.of("2"));
        Sweep after = new Sweep();
        links.compare(after);
        assertThat(after.faults)
                .containsExactly(current + " now leads to " + two + ", but this JVM follows a link of its class path"
                        + " once and stays with " + one + "; deploy into that, or restart");
    }
}
