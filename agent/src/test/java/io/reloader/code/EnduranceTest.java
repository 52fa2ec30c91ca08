// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.reloader.control.TakeUp;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnduranceTest {
    private static final int WARM = 50;
    private static final int RELOADS = Integer.getInteger("reloads", 100);
    private static final long METASPACE = 2L << 20;

    @TempDir
    private Path home;

    @Test
    void twoVersionsTakenUpInTurnsLeaveNothingBehind() throws Exception {
        Shop shop = new Shop(home);
        List<Map<String, byte[]>> versions = List.of(Shop.cart(0, 10), Shop.cart(1, 11));
        shop.write(versions.get(1));
        try (Application app = new Application()) {
            URLClassLoader loader = app.loader(home);
            Application.call(loader, "Cart", "rate");
            for (int i = 0; i < WARM; i++) {
                turn(shop, versions, app, loader, i);
            }
            System.gc();
            long files = files();
            int threads = Thread.activeCount();
            long metaspace = metaspace();
            for (int i = WARM; i < WARM + RELOADS; i++) {
                turn(shop, versions, app, loader, i);
            }
            System.gc();
            assertThat(files()).isLessThanOrEqualTo(files + 5);
            assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads + 2);
            assertThat(metaspace()).isLessThan(metaspace + METASPACE);
        }
    }

    private static void turn(
            Shop shop, List<Map<String, byte[]>> versions, Application app, URLClassLoader loader, int number)
            throws Exception {
        int version = number % 2;
        shop.write(versions.get(version));
        app.applies(2, 0);
        assertThat(Application.call(loader, "Cart", "rate")).isEqualTo(10 + version);
    }

    @Test
    void aReloadDuringABuildNeverTakesUpHalfAFile() throws Exception {
        Shop shop = new Shop(home);
        shop.write(Shop.cart(0, 0));
        try (Application app = new Application()) {
            URLClassLoader loader = app.loader(home);
            Application.call(loader, "Cart", "rate");
            List<Map<String, byte[]>> builds =
                    Stream.of(1, 2, 3, 4, 5).map(i -> Shop.cart(i, i)).toList();
            Thread build = new Thread(() -> builds.forEach(this::slowly));
            build.start();
            while (build.isAlive()) {
                app.reload();
                assertThat(Application.call(loader, "Cart", "total")).isIn(0, 1, 2, 3, 4, 5);
                assertThat(Application.call(loader, "Cart", "rate")).isIn(0, 1, 2, 3, 4, 5);
            }
            build.join();

            assertThat(app.reload()).isInstanceOf(TakeUp.Applied.class);
            assertThat(Application.call(loader, "Cart", "rate")).isEqualTo(5);
        }
    }

    /** As javac does: a file is emptied, then filled, and the next one a little later. */
    private void slowly(Map<String, byte[]> classes) {
        try {
            for (var each : classes.entrySet()) {
                Path file = home.resolve(each.getKey() + ".class");
                try (var out = Files.newOutputStream(file)) {
                    byte[] bytes = each.getValue();
                    int half = bytes.length / 2;
                    out.write(bytes, 0, half);
                    out.flush();
                    LockSupport.parkNanos(5_000_000);
                    out.write(bytes, half, bytes.length - half);
                }
                LockSupport.parkNanos(5_000_000);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long files() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }

    private static long metaspace() {
        return Objects.requireNonNull(ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getName().equals("Metaspace"))
                        .findFirst()
                        .map(MemoryPoolMXBean::getUsage)
                        .orElse(null))
                .getUsed();
    }
}
