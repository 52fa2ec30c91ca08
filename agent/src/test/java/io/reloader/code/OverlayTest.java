// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classes that win over the deployed ones. */
class OverlayTest {
    @TempDir
    private Path home;

    @AutoClose
    private final Application app = new Application();

    private Path directory;

    @BeforeEach
    void make() throws IOException {
        directory = Files.createDirectory(home.resolve("overlay"));
    }

    @Test
    void aClassOfTheOverlayWinsInEveryLoaderUntilItIsRemoved() throws Exception {
        Path jar = home.resolve("shop.jar");
        Path classes = home.resolve("classes");
        Sources.jar(jar, shop("A", 1, 10));
        Sources.directory(classes, shop("A", 2, 20));
        URLClassLoader one = app.loader(jar);
        URLClassLoader two = app.loader(classes);
        begin(directory);
        assertThat(Application.call(one, "CartA", "rate")).isEqualTo(10);
        assertThat(Application.call(two, "CartA", "rate")).isEqualTo(20);
        app.code.remember();
        app.applies(0, 0);

        lay(Map.of("com/acme/TaxA", Sources.of(shop("A", 0, 99), "TaxA")));
        app.applies(2, 0);
        assertThat(Application.call(one, "CartA", "rate")).isEqualTo(99);
        assertThat(Application.call(two, "CartA", "rate")).isEqualTo(99);
        app.applies(0, 0);

        Sources.jar(jar, shop("A", 3, 30));
        app.applies(1, 0);
        assertThat(Application.call(one, "CartA", "total")).isEqualTo(3);
        assertThat(Application.call(one, "CartA", "rate")).isEqualTo(99);

        Files.delete(directory.resolve("com/acme/TaxA.class"));
        app.applies(2, 0);
        assertThat(Application.call(one, "CartA", "rate")).isEqualTo(30);
        assertThat(Application.call(two, "CartA", "rate")).isEqualTo(20);
        app.applies(0, 0);
    }

    @Test
    void aClassLoadedLaterComesFromTheOverlayAndGoesBackToo() throws Exception {
        Path jar = home.resolve("shop.jar");
        Sources.jar(jar, shop("B", 1, 10));
        URLClassLoader loader = app.loader(jar);
        lay(shop("B", 5, 50));
        begin(directory);

        assertThat(Application.call(loader, "CartB", "total")).isEqualTo(5);
        app.code.remember();
        app.applies(0, 0);
        assertThat(Application.call(loader, "CartB", "rate")).isEqualTo(50);

        Files.delete(directory.resolve("com/acme/TaxB.class"));
        Files.delete(directory.resolve("com/acme/CartB.class"));
        app.applies(2, 0);
        assertThat(Application.call(loader, "CartB", "total")).isEqualTo(1);
        assertThat(Application.call(loader, "CartB", "rate")).isEqualTo(10);
    }

    @Test
    void anOverlayMayBeAJarAndBringNewClasses() throws Exception {
        Path jar = home.resolve("shop.jar");
        Sources.jar(jar, shop("C", 1, 10));
        URLClassLoader loader = app.loader(jar);
        Path overlay = home.resolve("overlay.jar");
        begin(overlay);
        Application.call(loader, "CartC", "rate");
        app.applies(0, 0);
        Map<String, byte[]> patch = Sources.compile(
                "class TaxC { static int rate() { return Vat.rate(); } } class Vat { static int rate() { return 19; } }");
        Sources.jar(overlay, patch);
        protect(overlay);

        app.applies(1, 0);

        assertThat(Application.call(loader, "CartC", "rate")).isEqualTo(19);
        Files.delete(overlay);
        app.applies(1, 0);
        assertThat(Application.call(loader, "CartC", "rate")).isEqualTo(10);
    }

    @Test
    void whatOthersCanWriteIsRefusedInOneLine() throws Exception {
        Path jar = home.resolve("shop.jar");
        Sources.jar(jar, shop("D", 1, 10));
        URLClassLoader loader = app.loader(jar);
        begin(directory);
        Application.call(loader, "CartD", "rate");
        lay(shop("D", 6, 60));
        Path file = directory.resolve("com/acme/TaxD.class");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));

        assertThat(app.refuses())
                .containsExactly("overlay=" + directory + " is refused: " + file
                        + " can be written by others, who could run code here; chmod go-w it");
        assertThat(new Overlay(directory).begin()).contains("chmod go-w it; nothing is laid over");
        assertThat(Application.call(loader, "CartD", "rate")).isEqualTo(10);
    }

    /** Of names of its own: an overlay finds the classes of all loaders, those that earlier tests have left, too. */
    private static Map<String, byte[]> shop(String mark, int total, int rate) {
        return Sources.compile(
                Shop.CART.formatted(total, rate).replace("Cart", "Cart" + mark).replace("Tax", "Tax" + mark));
    }

    private void begin(Path path) {
        Overlay overlay = new Overlay(path);
        assertThat(overlay.begin()).isNull();
        app.live.overlay(overlay);
    }

    private void lay(Map<String, byte[]> classes) throws IOException {
        Sources.directory(directory, classes);
        try (var files = Files.walk(home.resolve("overlay"))) {
            for (Path file : files.toList()) {
                protect(file);
            }
        }
    }

    /** Whatever the umask of this run is. */
    private static void protect(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
