// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuietPeriodTest {
    @TempDir
    private Path home;

    private Shop shop;

    @BeforeEach
    void open() {
        shop = new Shop(home);
    }

    @Test
    void aFileThatWasJustWrittenIsReadOnceItIsQuiet() throws Exception {
        try (Application patient = new Application(Duration.ofMillis(200))) {
            shop.write(Shop.cart(1, 10));
            URLClassLoader loader = patient.loader(home);
            Application.call(loader, "Cart", "total");
            Sources.directory(home, Shop.cart(2, 10));
            Files.setLastModifiedTime(
                    home.resolve("com/acme/Cart.class"), FileTime.fromMillis(System.currentTimeMillis() + 60_000));
            long begin = System.nanoTime();

            patient.applies(1, 0);

            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(190));
            assertThat(Application.call(loader, "Cart", "total")).isEqualTo(2);
        }
    }

    @Test
    void aFileWithoutEndIsStillBeingWritten() throws Exception {
        try (Application patient = new Application(Duration.ofMillis(100))) {
            shop.write(Shop.cart(1, 10));
            URLClassLoader loader = patient.loader(home);
            Application.call(loader, "Cart", "total");
            Sources.directory(home, Shop.cart(2, 10));
            Path file = home.resolve("com/acme/Cart.class");
            Thread writer = new Thread(() -> {
                while (!Thread.currentThread().isInterrupted()) {
                    try {
                        Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis()));
                    } catch (IOException e) {
                        return;
                    }
                }
            });
            writer.start();
            try {
                assertThat(patient.refuses())
                        .singleElement()
                        .asString()
                        .startsWith(file + " is still being written after 5 s; reload once");
            } finally {
                writer.interrupt();
                writer.join();
            }
            assertThat(Application.call(loader, "Cart", "total")).isEqualTo(1);
        }
    }
}
