// SPDX-License-Identifier: Apache-2.0
package io.reloader.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.reloader.code.ClassFileFuzz;
import io.reloader.code.JarFuzz;
import io.reloader.door.RequestFuzz;
import io.reloader.options.OptionFuzz;
import io.reloader.os.ProcFuzz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * What a fuzzer has found, or begins with: {@code src/test/resources/fuzz}, a directory each. {@code -Pfuzz} goes on from
 * there; what it finds is kept there.
 */
class CorpusTest {
    private static final Path CORPUS = Path.of("src", "test", "resources", "fuzz");
    private static final Map<String, Consumer<byte[]>> TARGETS = Map.of(
            "OptionFuzz", OptionFuzz::fuzzerTestOneInput,
            "RequestFuzz", RequestFuzz::fuzzerTestOneInput,
            "ProcFuzz", ProcFuzz::fuzzerTestOneInput,
            "ClassFileFuzz", ClassFileFuzz::fuzzerTestOneInput,
            "JarFuzz", JarFuzz::fuzzerTestOneInput);
    static final List<String> NAMES = TARGETS.keySet().stream().sorted().toList();

    @ParameterizedTest
    @FieldSource("NAMES")
    @Timeout(120)
    void whatAFuzzerHasFoundIsMended(String target) throws IOException {
        Consumer<byte[]> run = TARGETS.get(target);
        List<byte[]> inputs = inputs(target);
        assertThat(inputs).isNotEmpty();
        for (byte[] input : inputs) {
            run.accept(input);
        }
    }

    /** Cut anywhere, each is as good as before, or refused. */
    @ParameterizedTest
    @FieldSource("NAMES")
    @Timeout(120)
    void whatIsCutShortIsTakenOrRefusedInOneLine(String target) throws IOException {
        for (byte[] input : inputs(target)) {
            int step = 1 + input.length / 200;
            for (int length = 0; length < input.length; length += step) {
                TARGETS.get(target).accept(Arrays.copyOf(input, length));
            }
        }
    }

    private static List<byte[]> inputs(String target) throws IOException {
        List<byte[]> inputs = new ArrayList<>();
        try (Stream<Path> files = Files.list(CORPUS.resolve(target))) {
            for (Path file : files.sorted().toList()) {
                inputs.add(Files.readAllBytes(file));
            }
        }
        return inputs;
    }
}
