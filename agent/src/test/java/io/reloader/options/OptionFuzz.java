// SPDX-License-Identifier: Apache-2.0
package io.reloader.options;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;

/** Whatever the agent's arguments are, they are refused in one line or can be written down and read back. */
public final class OptionFuzz {
    private OptionFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String arguments = new String(input, UTF_8);
        Options options;
        try {
            options = parse(arguments);
        } catch (OptionException refusal) {
            assertThat(refusal.getMessage()).contains("; ").doesNotContainPattern("\\p{Cntrl}");
            return;
        }
        String written = options.given().stream()
                .map(option -> option.key() + "=" + options.text(option))
                .collect(joining(","));
        try {
            Options again = parse(written);
            assertThat(again.given()).isEqualTo(options.given());
            options.given().forEach(option -> assertThat(again.text(option)).isEqualTo(options.text(option)));
        } catch (OptionException refusal) {
            throw new AssertionError(written, refusal);
        }
    }

    private static Options parse(String arguments) throws OptionException {
        // A file that the input names is not opened.
        return new OptionParser(new Properties(), Map.of()).parse(arguments.replace("config", "c"));
    }
}
