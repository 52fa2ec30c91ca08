// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarTakeUpTest {
    @TempDir
    private Path home;

    private Shop shop;

    @BeforeEach
    void open() {
        shop = new Shop(home);
    }

    private final Application app = new Application();

    @AfterEach
    void end() {
        app.close();
    }

    @Test
    void aRenamedJarChangesLoadedClassesAndThoseStillToCome() throws Exception {
        Path jar = home.resolve("shop.jar");
        Sources.jar(jar, Shop.cart(1, 10));
        URLClassLoader loader = app.loader(jar);
        assertThat(Application.call(loader, "Cart", "total")).isEqualTo(1);
        app.code.remember();
        Sources.jar(jar, Shop.cart(2, 20));

        app.applies(1, 1);

        assertThat(Application.call(loader, "Cart", "total")).isEqualTo(2);
        assertThat(Application.call(loader, "Cart", "rate")).isEqualTo(20);
        app.applies(0, 0);
        Sources.jar(jar, Shop.cart(3, 30));
        app.applies(2, 0);
        assertThat(Application.call(loader, "Cart", "rate")).isEqualTo(30);
    }

    @Test
    void withoutALookAtTheOldJarAllClassesToComeAreReplaced() throws Exception {
        Path jar = home.resolve("shop.jar");
        Sources.jar(jar, Shop.cart(1, 10));
        URLClassLoader loader = app.loader(jar);
        Application.call(loader, "Cart", "total");
        Sources.jar(jar, Shop.cart(1, 20));

        app.applies(0, 1);

        assertThat(Application.call(loader, "Cart", "rate")).isEqualTo(20);
    }

    @Test
    void aJarOverwrittenInPlaceIsRefusedUntilOneIsRenamedOverIt() throws Exception {
        Path jar = home.resolve("shop.jar");
        Sources.jar(jar, Shop.cart(1, 10));
        URLClassLoader loader = app.loader(jar);
        Application.call(loader, "Cart", "rate");
        app.applies(0, 0);
        try (OutputStream out = Files.newOutputStream(jar)) {
            Sources.writeJar(out, Shop.cart(2, 20));
        }
        shop.stamp(jar);

        assertThat(app.refuses())
                .singleElement()
                .asString()
                .startsWith(jar + " was overwritten in place; ")
                .endsWith("deploy by rename: write the new jar beside it and mv it over");
        assertThat(Application.call(loader, "Cart", "total")).isEqualTo(1);

        Sources.jar(jar, Shop.cart(3, 30));
        app.applies(2, 0);
        assertThat(Application.call(loader, "Cart", "rate")).isEqualTo(30);
    }

    @Test
    void aClassThatOnlyTheNewJarHasIsRefusedIfAChangedOneNeedsIt() throws Exception {
        Path jar = home.resolve("shop.jar");
        Map<String, byte[]> both = Shop.cart(1, 10);
        Map<String, byte[]> without = new HashMap<>(both);
        without.remove("com/acme/Tax");
        without.put(
                "com/acme/Cart",
                Sources.of(
                        Sources.compile("public class Cart { static int total() { return 0; }"
                                + " static int rate() { return 0; } }"),
                        "Cart"));
        Sources.jar(jar, without);
        URLClassLoader loader = app.loader(jar);
        Application.call(loader, "Cart", "total");
        app.applies(0, 0);
        Sources.jar(
                jar,
                Sources.compile("class Cart { static int total() { return 5; }"
                        + " static int rate() { return Tax.rate(); } } class Tax { static int rate() { return 6; } }"));

        assertThat(app.refuses())
                .anyMatch(line -> line.startsWith(
                        "com.acme.Tax, which com.acme.Cart refers to, is new in " + jar + "; a replaced jar"));

        without.put("com/acme/Unused", Sources.of(both, "Tax"));
        without.put(
                "com/acme/Cart",
                Sources.of(
                        Sources.compile("public class Cart { static int total() { return 7; }"
                                + " static int rate() { return 0; } }"),
                        "Cart"));
        Sources.jar(jar, without);
        app.applies(1, 0);
        assertThat(Application.call(loader, "Cart", "total")).isEqualTo(7);
    }

    @Test
    void aMultiReleaseJarCountsByTheEntryOfThisJvm() throws Exception {
        Path jar = home.resolve("shop.jar");
        URLClassLoader loader = app.loader(jar);
        Sources.jar(jar, multiRelease(1, 2));
        assertThat(Application.call(loader, "Cart", "total")).isEqualTo(2);
        app.applies(0, 0);

        Sources.jar(jar, multiRelease(3, 2));
        app.applies(0, 0);
        Sources.jar(jar, multiRelease(3, 4));
        app.applies(1, 0);

        assertThat(Application.call(loader, "Cart", "total")).isEqualTo(4);
    }

    private static Map<String, byte[]> multiRelease(int base, int versioned) {
        return Map.of(
                "META-INF/MANIFEST.MF",
                        "Manifest-Version: 1.0\nMulti-Release: true\n\n".getBytes(StandardCharsets.UTF_8),
                "com/acme/Cart", Sources.of(Shop.cart(base, 0), "Cart"),
                "META-INF/versions/11/com/acme/Cart", Sources.of(Shop.cart(versioned, 0), "Cart"));
    }
}
