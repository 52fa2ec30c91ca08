// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
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
        try (Application patient = new Application(Duration.ofSeconds(1))) {
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

    @Test
    void aJarThatIsCopiedToItsPlaceIsReadOnceItIsWhole() throws Exception {
        Path jar = home.resolve("shop.jar");
        try (Application patient = new Application(Duration.ofMillis(200))) {
            Sources.jar(jar, Shop.cart(1, 10));
            URLClassLoader loader = patient.loader(jar);
            Application.call(loader, "Cart", "rate");
            patient.code.remember();
            Path next = home.resolve("next.jar");
            Sources.jar(next, Shop.cart(2, 20));
            byte[] bytes = Files.readAllBytes(next);
            Files.delete(jar);
            Files.createFile(jar);
            Thread copy = new Thread(() -> slowly(jar, bytes));
            copy.start();

            patient.applies(2, 0);

            copy.join();
            assertThat(Application.call(loader, "Cart", "rate")).isEqualTo(20);
        }
    }

    @Test
    void aCopyThatStoppedHalfWayIsRefusedAfterTheQuietPeriod() throws Exception {
        Path jar = home.resolve("shop.jar");
        try (Application patient = new Application(Duration.ofMillis(200))) {
            Sources.jar(jar, Shop.cart(1, 10));
            URLClassLoader loader = patient.loader(jar);
            Application.call(loader, "Cart", "rate");
            byte[] bytes = Files.readAllBytes(jar);
            Files.delete(jar);
            Files.write(jar, Arrays.copyOf(bytes, bytes.length / 2));
            long begin = System.nanoTime();

            assertThat(patient.refuses())
                    .containsExactly(
                            jar + " is not a readable jar (it has no central directory); build and deploy it again");

            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(100));
            assertThat(Application.call(loader, "Cart", "rate")).isEqualTo(10);
        }
    }

    /** As cp does, a piece at a time. */
    private static void slowly(Path file, byte[] bytes) {
        try (OutputStream out = Files.newOutputStream(file)) {
            int piece = bytes.length / 10;
            for (int at = 0; at < bytes.length; at += piece) {
                out.write(bytes, at, Math.min(piece, bytes.length - at));
                LockSupport.parkNanos(20_000_000);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
