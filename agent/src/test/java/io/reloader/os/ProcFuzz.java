// SPDX-License-Identifier: Apache-2.0
package io.reloader.os;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Set;

/** Whatever is in a file of /proc, its readers take it or leave it. */
public final class ProcFuzz {
    private ProcFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, ISO_8859_1);
        ProcessFacts facts = ProcessFacts.parse(text);
        for (int signal = -1; signal < 70; signal++) {
            assertThat(facts.blocks(signal) && (signal < 1 || signal > 64)).isFalse();
        }
        try {
            Credentials.parse(text);
        } catch (IOException unfit) {
            assertThat(unfit.getMessage()).doesNotContain("\n");
        }
        Terminal.inForeground(text);
        PidFile.number(text);
        for (String line : text.split("\n", -1)) {
            Polled.parse(3, line);
            TcpTable.parse(
                    line, Set.of(80), (remote, handshake) -> assertThat(remote).isNotNull());
        }
        pieces(input);
    }

    private static void pieces(byte[] input) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] piece : ProcessImage.split(input)) {
            joined.writeBytes(piece);
            joined.write(0);
        }
        boolean ended = input.length == 0 || input[input.length - 1] == 0;
        assertThat(joined.size()).isEqualTo(input.length + (ended ? 0 : 1));
        assertThat(joined.toByteArray()).startsWith(input);
    }
}
