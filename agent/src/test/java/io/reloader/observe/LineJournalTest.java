// SPDX-License-Identifier: Apache-2.0
package io.reloader.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LineJournalTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final LineJournal journal = new LineJournal(out);

    @Test
    void everyLineHasThePrefixAndItsMark() {
        journal.setting("armed");
        journal.event("reload 1");
        journal.detail("http");
        journal.trouble("refused");
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("reloader: * armed\nreloader: - reload 1\nreloader: + http\nreloader: ! refused\n");
    }

    @Test
    void aLineBreakInANameDoesNotForgeALine() {
        journal.event("pool a\nreloader: - reload 9 done");
        assertThat(out.toString(StandardCharsets.UTF_8).lines()).hasSize(1);
    }

    @Test
    void aClosedStandardErrorHurtsNobody() {
        LineJournal closed = new LineJournal(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("closed");
            }
        });
        closed.event("reload 1");
        assertThat(out.size()).isZero();
    }
}
