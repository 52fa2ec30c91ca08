// SPDX-License-Identifier: Apache-2.0
package io.reloader.door;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Whatever a client sends, it is a request or refused in one line; whatever is written as JSON is one line. */
public final class RequestFuzz {
    private RequestFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String line = new String(input, UTF_8);
        try {
            Request request = Request.parse(line);
            StringBuilder written = new StringBuilder(request.verb().word());
            request.words().forEach(word -> written.append(' ').append(word.word()));
            assertThat(Request.parse(written.toString())).isEqualTo(request);
        } catch (IllegalArgumentException refusal) {
            assertThat(refusal.getMessage()).contains("; ").doesNotContainPattern("\\p{Cntrl}");
        }
        String json = Json.object(fields -> fields.text(line, line));
        assertThat(json).doesNotContainPattern("\\p{Cntrl}");
        assertThat(new String(json.getBytes(UTF_8), UTF_8)).isEqualTo(json);
    }
}
