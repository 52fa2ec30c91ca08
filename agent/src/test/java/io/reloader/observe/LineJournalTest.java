// SPDX-License-Identifier: Apache-2.0
package io.reloader.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LineJournalTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final LineJournal journal = new LineJournal(out, LineJournalTest::daemon);

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
        LineJournal closed = new LineJournal(
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException("closed");
                    }
                },
                LineJournalTest::daemon);
        closed.event("reload 1");
        assertThat(out.size()).isZero();
    }

    @Test
    void aReaderWhoDoesNotReadHoldsNobodyUpAndIsToldWhatItMissed() throws Exception {
        CountDownLatch reads = new CountDownLatch(1);
        LineJournal stuck = new LineJournal(
                new OutputStream() {
                    @Override
                    public void write(int b) {
                        throw new AssertionError("a line is one write");
                    }

                    @Override
                    public void write(byte[] line, int from, int length) {
                        awaitQuietly(reads);
                        out.write(line, from, length);
                    }
                },
                LineJournalTest::daemon);
        Thread caller = new Thread(() -> {
            for (int i = 0; i < 3000; i++) {
                stuck.event("reload " + i);
            }
        });
        caller.start();
        caller.join(20_000);
        assertThat(caller.isAlive()).as("the caller is held up").isFalse();
        assertThat(out.size()).isZero();

        reads.countDown();
        stuck.event("stop");
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!text().contains("lines were lost") && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(text()).contains("reloader: - reload 0\n", "lines were lost: nobody read standard error\n");
    }

    private String text() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "journal of the test");
        thread.setDaemon(true);
        thread.start();
    }
}
