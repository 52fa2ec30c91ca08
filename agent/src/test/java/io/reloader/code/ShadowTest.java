// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same class in two places of one class loader: the first counts, as for the class loader. */
class ShadowTest {
    private static final String OTHER = "public class Other { public static int total() { return 0; } }";

    @TempDir
    private Path home;

    private Path first;
    private Path second;

    @AutoClose
    private final Application app = new Application();

    @BeforeEach
    void name() {
        first = home.resolve("first.jar");
        second = home.resolve("second.jar");
    }

    @Test
    void aChangedCopyInALaterJarIsNotTakenUp() throws Exception {
        Sources.jar(first, Shop.cart(1, 10));
        Sources.jar(second, with(Shop.cart(5, 50), OTHER));
        URLClassLoader loader = loaded(first, second);

        Sources.jar(second, with(Shop.cart(6, 60), OTHER));
        app.applies(0, 0);
        assertThat(Application.call(loader, "Cart", "total")).isEqualTo(1);
        assertThat(Application.call(loader, "Cart", "rate")).isEqualTo(10);

        Sources.jar(first, Shop.cart(2, 20));
        Sources.jar(second, with(Shop.cart(7, 70), OTHER));
        app.applies(2, 0);
        assertThat(Application.call(loader, "Cart", "rate")).isEqualTo(20);
    }

    @Test
    void ofTwoChangedCopiesThatAreNotLoadedTheFirstComes() throws Exception {
        Sources.jar(first, Shop.cart(1, 10));
        Sources.jar(second, with(Shop.cart(5, 50), OTHER));
        URLClassLoader loader = loaded(first, second);
        Sources.jar(second, with(Shop.cart(7, 70), OTHER));
        Sources.jar(first, Shop.cart(2, 20));

        app.applies(1, 1);

        assertThat(Application.call(loader, "Cart", "total")).isEqualTo(2);
        assertThat(Application.call(loader, "Cart", "rate")).isEqualTo(20);
    }

    @Test
    void aChangedCopyInALaterDirectoryIsNotTakenUp() throws Exception {
        Path directory = home.resolve("classes");
        Sources.directory(directory, Shop.cart(5, 50));
        Sources.jar(first, Shop.cart(1, 10));
        URLClassLoader loader = app.loader(first, directory);
        assertThat(Application.call(loader, "Cart", "rate")).isEqualTo(10);
        app.code.remember();

        Sources.directory(directory, Shop.cart(6, 60));

        app.applies(0, 0);
    }

    @Test
    void aFileThatAppearsInAnEarlierDirectoryWinsFromThenOn() throws Exception {
        Path patches = Files.createDirectories(home.resolve("patches"));
        Sources.jar(first, Shop.cart(1, 10));
        URLClassLoader loader = app.loader(patches, first);
        assertThat(Application.call(loader, "Cart", "rate")).isEqualTo(10);
        app.code.remember();
        app.applies(0, 0);

        Sources.directory(patches, Map.of("com/acme/Tax", Sources.of(Shop.cart(9, 90), "Tax")));
        app.applies(1, 0);
        assertThat(Application.call(loader, "Cart", "rate")).isEqualTo(90);
        assertThat(Application.call(loader, "Cart", "total")).isEqualTo(1);

        Sources.jar(first, Shop.cart(2, 20));
        app.applies(1, 0);
        assertThat(Application.call(loader, "Cart", "total")).isEqualTo(2);
        assertThat(Application.call(loader, "Cart", "rate")).isEqualTo(90);
        app.applies(0, 0);
    }

    @Test
    void aClassThatComesIntoAnEarlierJarWinsAndOneInALaterJarDoesNot() throws Exception {
        Sources.jar(first, Sources.compile(OTHER));
        Sources.jar(second, Shop.cart(1, 10));
        Path third = home.resolve("third.jar");
        Sources.jar(third, Sources.compile("public class Third { public static int total() { return 0; } }"));
        URLClassLoader loader = loaded(first, second, third);
        assertThat(Application.call(loader, "Other", "total")).isEqualTo(0);
        assertThat(Application.call(loader, "Third", "total")).isEqualTo(0);
        app.code.remember();

        Sources.jar(third, with(Shop.cart(3, 30), "public class Third { public static int total() { return 1; } }"));
        app.applies(1, 0);
        assertThat(Application.call(loader, "Cart", "total")).isEqualTo(1);

        Sources.jar(first, with(Map.of("com/acme/Cart", Sources.of(Shop.cart(4, 40), "Cart")), OTHER));
        Sources.jar(second, Shop.cart(2, 20));
        app.applies(1, 1);
        assertThat(Application.call(loader, "Cart", "total")).isEqualTo(4);
        assertThat(Application.call(loader, "Cart", "rate")).isEqualTo(20);
        app.applies(0, 0);
    }

    @Test
    void aNewClassThatTheLoaderHasElsewhereComesFromThePlaceThatIsSearchedFirst() throws Exception {
        String asks = "public class %s { public static int total() { return Cart.total(); } }";
        Path third = home.resolve("third.jar");
        Sources.jar(first, Sources.compile(OTHER));
        Sources.jar(second, Shop.cart(1, 10));
        Sources.jar(third, Sources.compile(OTHER.replace("Other", "Third")));
        URLClassLoader loader = app.loader(first, second, third);
        assertThat(Application.call(loader, "Other", "total")).isEqualTo(0);
        assertThat(Application.call(loader, "Third", "total")).isEqualTo(0);
        app.code.remember();

        Sources.jar(first, with(Shop.cart(5, 50), asks.formatted("Other")));
        app.applies(1, 0);
        assertThat(Application.call(loader, "Other", "total")).isEqualTo(5);
        assertThat(app.said).contains("+ 2 new classes from " + first);

        URLClassLoader next = app.loader(second, third);
        assertThat(Application.call(next, "Third", "total")).isEqualTo(0);
        Sources.jar(third, with(Shop.cart(6, 60), asks.formatted("Third")));
        app.applies(2, 0);
        assertThat(Application.call(next, "Third", "total")).isEqualTo(1);
        assertThat(app.said).noneMatch(line -> line.contains("from " + third));
    }

    /** Cart is loaded from these, Tax is not. */
    private URLClassLoader loaded(Path... jars) throws Exception {
        URLClassLoader loader = app.loader(jars);
        assertThat(Application.call(loader, "Cart", "total")).isEqualTo(1);
        Class.forName("com.acme.Other", true, loader);
        app.code.remember();
        return loader;
    }

    private static Map<String, byte[]> with(Map<String, byte[]> classes, String source) {
        Map<String, byte[]> all = Sources.compile(source + " class Cart { static int total() { return 0; } }");
        all.putAll(classes);
        return all;
    }
}
