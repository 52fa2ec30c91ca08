// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarTakeUpTest {
    private static final String LONE_CART = "public class Cart { public static int total() { return %s; } }";

    private static final String TAX = " class Tax { static int rate() { return %d; } }";

    @TempDir
    private Path home;

    private Shop shop;

    @AutoClose
    private final Application app = new Application();

    @BeforeEach
    void open() {
        shop = new Shop(home);
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
    void aJarReplacedBeforeAnyoneLookedIntoItIsComparedWithTheOneThatIsStillOpen() throws Exception {
        Path jar = home.resolve("shop.jar");
        String other = " class Other { static int total() { return 7; } }";
        Sources.jar(jar, Sources.compile(LONE_CART.formatted("1") + TAX.formatted(10) + other));
        URLClassLoader loader = app.loader(jar);
        Application.call(loader, "Cart", "total");
        Sources.jar(
                jar,
                Sources.compile(LONE_CART.formatted("Fresh.total()") + TAX.formatted(20) + other
                        + " class Fresh { static int total() { return Tax.rate(); } }"));

        app.applies(1, 1);

        assertThat(Application.call(loader, "Cart", "total")).isEqualTo(20);
        assertThat(app.said).contains("+ 1 new class from " + jar);
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
    void aClassThatOnlyTheNewJarHasIsThereOnceAChangedOneNeedsIt() throws Exception {
        Path jar = home.resolve("shop.jar");
        Sources.jar(jar, Sources.compile(LONE_CART.formatted("0")));
        URLClassLoader loader = app.loader(jar);
        Application.call(loader, "Cart", "total");
        app.applies(0, 0);
        Map<String, byte[]> next = Sources.compile(LONE_CART.formatted("7"));
        next.putAll(new HashMap<>(Sources.compile("class Unused {}")));
        Sources.jar(jar, next);

        app.applies(1, 0);
        assertThat(Application.call(loader, "Cart", "total")).isEqualTo(7);
        assertThat(app.said).noneMatch(line -> line.contains("new class"));

        Sources.jar(
                jar,
                Sources.compile(LONE_CART.formatted("new Unused().rate()")
                        + " class Unused extends Known { public int rate() { return 8; } }"
                        + " abstract class Known implements Rated { } interface Rated { int rate(); }"));
        app.applies(1, 0);
        assertThat(Application.call(loader, "Cart", "total")).isEqualTo(8);
        assertThat(app.said).contains("+ 3 new classes from " + jar);
        Class<?> defined = Class.forName("com.acme.Unused", false, loader);
        assertThat(defined.getClassLoader()).isSameAs(loader);
        assertThat(defined.getProtectionDomain())
                .isSameAs(Class.forName("com.acme.Cart", false, loader).getProtectionDomain());

        Sources.jar(
                jar,
                Sources.compile(LONE_CART.formatted("new Unused().rate()")
                        + " class Unused extends Known { public int rate() { return 9; } }"
                        + " abstract class Known implements Rated { } interface Rated { int rate(); }"));
        app.applies(1, 0);
        assertThat(Application.call(loader, "Cart", "total")).isEqualTo(9);
    }

    @Test
    void aNewClassMayBringItsPackage() throws Exception {
        Path jar = home.resolve("shop.jar");
        Sources.jar(jar, Sources.compile(LONE_CART.formatted("0")));
        URLClassLoader loader = app.loader(jar);
        Application.call(loader, "Cart", "total");
        app.applies(0, 0);
        Map<String, byte[]> next = Sources.compile(Map.of(
                "com/acme/Cart",
                "package com.acme; " + LONE_CART.formatted("com.acme.tax.Tax.rate()"),
                "com/acme/tax/Tax",
                "package com.acme.tax; public class Tax { public static int rate() { return 5; } }"));
        Sources.jar(jar, next);

        app.applies(1, 0);

        assertThat(Application.call(loader, "Cart", "total")).isEqualTo(5);
        assertThat(Class.forName("com.acme.tax.Tax", false, loader).getPackage().getName())
                .isEqualTo("com.acme.tax");
    }

    @Test
    void aBrokenNewClassRefusesTheWholeReload() throws Exception {
        Path jar = home.resolve("shop.jar");
        Sources.jar(jar, Sources.compile(LONE_CART.formatted("0")));
        URLClassLoader loader = app.loader(jar);
        Application.call(loader, "Cart", "total");
        app.applies(0, 0);
        Map<String, byte[]> next = Sources.compile(LONE_CART.formatted("new Tax().rate()")
                + " class Tax extends Final { int rate() { return 1; } }" + " class Final {}");
        next.put("com/acme/Final", Sources.of(Sources.compile("final class Final {}"), "Final"));
        Sources.jar(jar, next);

        assertThat(app.refuses()).singleElement().asString().startsWith("com.acme.Tax is new in " + jar + " and ");
        assertThat(Application.call(loader, "Cart", "total")).isEqualTo(0);
    }

    @Test
    void aHalfWrittenJarIsRefused() throws Exception {
        Path jar = home.resolve("shop.jar");
        Sources.jar(jar, Shop.cart(1, 10));
        URLClassLoader loader = app.loader(jar);
        Application.call(loader, "Cart", "rate");
        app.applies(0, 0);
        byte[] whole = Files.readAllBytes(jar);
        Path beside = home.resolve("half");
        Files.write(beside, Arrays.copyOf(whole, whole.length * 2 / 3));
        Files.move(beside, jar, StandardCopyOption.REPLACE_EXISTING);

        assertThat(app.refuses())
                .containsExactly(
                        jar + " is not a readable jar (it has no central directory); build and deploy it again");
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
