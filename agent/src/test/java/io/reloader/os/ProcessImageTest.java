// SPDX-License-Identifier: Apache-2.0
package io.reloader.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessImageTest {

    @Test
    void emptyArgumentsAndBytesOfNoEncodingAreKept() {
        byte[] commandLine = {'j', 0, 0, (byte) 0xFF, ' ', 'b', 0, 0};

        List<byte[]> pieces = ProcessImage.split(commandLine);

        assertThat(pieces).hasSize(4);
        assertThat(pieces.get(0)).containsExactly('j');
        assertThat(pieces.get(1)).isEmpty();
        assertThat(pieces.get(2)).containsExactly(0xFF, ' ', 'b');
        assertThat(pieces.get(3)).isEmpty();
    }

    @Test
    void thisProcessIsReadAsItWasStarted() throws IOException {
        ProcessImage image = ProcessImage.read();

        assertThat(new String(image.arguments().get(0), java.nio.charset.StandardCharsets.UTF_8))
                .endsWith("java");
        assertThat(image.environment()).isNotEmpty();
    }
}
