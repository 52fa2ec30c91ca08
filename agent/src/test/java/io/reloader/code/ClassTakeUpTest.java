// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.reloader.control.TakeUp;
import java.net.URI;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassTakeUpTest {
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
    void changedClassesOfADirectoryRunTheirNewBodies() throws Exception {
        shop.write(Shop.cart(1, 10));
        URLClassLoader loader = app.loader(home);
        assertThat(Application.call(loader, "Cart", "rate")).isEqualTo(10);
        shop.write(Shop.cart(2, 20));

        app.applies(2, 0);

        assertThat(Application.call(loader, "Cart", "total")).isEqualTo(2);
        assertThat(Application.call(loader, "Cart", "rate")).isEqualTo(20);
        app.applies(0, 0);
    }

    @Test
    void aReloadOfNothingLeavesTheTwoVersionsOfTheOneBeforeToTheirEnd() throws Exception {
        shop.write(Shop.cart(1, 10));
        URLClassLoader loader = app.loader(home);
        Application.call(loader, "Cart", "rate");
        shop.write(Shop.cart(2, 20));
        assertThat(app.code.takeUp()).isEqualTo(new TakeUp.Applied(2, 0));
        assertThat(app.code.takeUp()).isEqualTo(new TakeUp.Applied(0, 0));
        assertThat(Application.call(loader, "Cart", "rate")).isEqualTo(10);
        app.code.settle();
        assertThat(Application.call(loader, "Cart", "rate")).isEqualTo(20);
        Version version = Objects.requireNonNull(
                Objects.requireNonNull(app.live.tables().of(loader).get("com/acme/Cart"))
                        .version());
        assertThat(version.current()).as("the new version alone").isSameAs(version.bytes());
    }

    @Test
    void nothingChangedIsNoClassAndNoWord() throws Exception {
        shop.write(Shop.cart(1, 10));
        Application.call(app.loader(home), "Cart", "rate");
        shop.stamp(home.resolve("com/acme/Cart.class"));

        app.applies(0, 0);

        assertThat(app.said).noneMatch(line -> line.contains("com.acme"));
    }

    @Test
    void oneShapeChangeRefusesAllAndTheNextGoodReloadWorks() throws Exception {
        shop.write(Shop.cart(1, 10));
        URLClassLoader loader = app.loader(home);
        Application.call(loader, "Cart", "rate");
        shop.write(Sources.compile(
                Shop.CART.formatted(2, 20).replace("{ static int rate", "{ int added; static int rate")));

        assertThat(app.refuses())
                .containsExactly("com.acme.Tax.added was added;"
                        + " a running JVM cannot add, remove or change fields; restart the process");
        assertThat(Application.call(loader, "Cart", "total")).isEqualTo(1);
        assertThat(app.refuses()).hasSize(1);

        shop.write(Shop.cart(3, 30));
        app.applies(2, 0);
        assertThat(Application.call(loader, "Cart", "total")).isEqualTo(3);
        assertThat(Application.call(loader, "Cart", "rate")).isEqualTo(30);
    }

    @Test
    void everyFaultIsListedInOrder() throws Exception {
        shop.write(Shop.cart(1, 10));
        Application.call(app.loader(home), "Cart", "rate");
        shop.write(Sources.compile("public class Cart { public static long total() { return 2; }"
                + " public static int rate() { return Tax.rate(); } public void more(int a, String b) { } }"
                + " class Tax extends Thread { static int rate() { return 3; } }"));

        assertThat(app.refuses())
                .hasSize(3)
                .isSorted()
                .anyMatch(line -> line.startsWith("com.acme.Cart.more(int, java.lang.String) was added; "))
                .anyMatch(line -> line.startsWith("com.acme.Cart.total() is now long total(); "))
                .anyMatch(line ->
                        line.startsWith("com.acme.Tax drops its superclass java.lang.Object for java.lang.Thread; "));
    }

    @Test
    void eachLoaderOfAClassGetsTheNewOne() throws Exception {
        shop.write(Shop.cart(1, 10));
        URLClassLoader first = app.loader(home);
        URLClassLoader second = app.loader(home);
        Application.call(first, "Cart", "rate");
        Application.call(second, "Cart", "total");
        shop.write(Shop.cart(2, 20));

        app.applies(3, 0);

        assertThat(Application.call(first, "Cart", "rate")).isEqualTo(20);
        assertThat(Application.call(second, "Cart", "total")).isEqualTo(2);
        assertThat(Application.call(second, "Cart", "rate")).isEqualTo(20);
    }

    @Test
    void staticInitialisersAndConstantsAreReportedAndNotRun() throws Exception {
        String config = "public class Config { static final int LIMIT = %d; static int size = Integer.parseInt(\"%d\");"
                + " static int size() { return size; } }";
        shop.write(Sources.compile(config.formatted(1, 10)));
        URLClassLoader loader = app.loader(home);
        Application.call(loader, "Config", "size");
        shop.write(Sources.compile(config.formatted(2, 20)));

        app.applies(1, 0);

        assertThat(Application.call(loader, "Config", "size")).isEqualTo(10);
        assertThat(app.said)
                .contains(
                        "+ com.acme.Config's static initialiser changed; it has already run: restart to run the new one",
                        "+ com.acme.Config.LIMIT has another constant value (2 in place of 1); recompiled code has a copy of"
                                + " it, the field and classes not deployed keep the old: deploy every class that uses"
                                + " it, and restart to give the field the new one");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAnonymousClassThatTakesAnothersNumberIsRefused(boolean jar) throws Exception {
        String source = "public class Cart { static Object kept; static int r() { return kept.hashCode(); }"
                + " static int s() { %s kept = new Object() { public int hashCode() { return 1; } }; return 0; } }";
        String added = "new Object() { public int hashCode() { return 2; } }.hashCode();";
        Path place = jar ? home.resolve("shop.jar") : home;
        put(place, Sources.compile(source.formatted(""), "--release", "8"));
        URLClassLoader loader = app.loader(place);
        Application.call(loader, "Cart", "s");
        app.code.remember();
        put(place, Sources.compile(source.formatted(added), "--release", "8"));

        assertThat(app.refuses()).singleElement().asString().contains("Cart$1 has the body of another anonymous class");
        assertThat(Application.call(loader, "Cart", "r")).isEqualTo(1);
    }

    private void put(Path place, Map<String, byte[]> classes) throws Exception {
        if (place.equals(home)) {
            shop.write(classes);
        } else {
            Sources.jar(place, classes);
        }
    }

    @Test
    void lambdasThatChangedPlacesAreRefused() throws Exception {
        String source = "public class Cart { static Runnable r() { %s %s return null; } }";
        String one = "Runnable a = () -> System.out.println(1);";
        String two = "Runnable b = () -> System.out.println(2);";
        shop.write(Sources.compile(source.formatted(one, two)));
        Application.call(app.loader(home), "Cart", "r");
        shop.write(Sources.compile(source.formatted(two, one)));

        assertThat(app.refuses()).hasSize(2).allMatch(line -> line.contains("has the body of another lambda"));
    }

    @Test
    void anonymousClassesThatChangedPlacesAreRefused() throws Exception {
        String source = "public class Cart { static String r() { return \"\" + %s + %s; } }";
        String one = "new Object() { public String toString() { return \"1\"; } }";
        String two = "new Object() { public String toString() { return \"2\"; } }";
        shop.write(Sources.compile(source.formatted(one, two)));
        Application.call(app.loader(home), "Cart", "r");
        shop.write(Sources.compile(source.formatted(two, one)));

        assertThat(app.refuses()).hasSize(2).allMatch(line -> line.contains("has the body of another anonymous class"));
    }

    @Test
    void aClassThatLostItsFileStaysAsItIs() throws Exception {
        shop.write(Shop.cart(1, 10));
        URLClassLoader loader = app.loader(home);
        Application.call(loader, "Cart", "rate");
        app.applies(0, 0);
        long before = gone();
        Files.delete(home.resolve("com/acme/Tax.class"));

        app.applies(0, 0);

        assertThat(Application.call(loader, "Cart", "rate")).isEqualTo(10);
        // Other tests' classes have lost their files too.
        long lost = gone();
        app.applies(0, 0);
        assertThat(gone()).isEqualTo(lost);
        assertThat(lost).isEqualTo(before + 1);
    }

    private long gone() {
        return app.said.stream()
                .filter(line ->
                        line.endsWith(" loaded classes are no longer where they came from; they stay as they are"))
                .mapToLong(line -> Long.parseLong(line.split(" ", -1)[1]))
                .max()
                .orElse(0);
    }

    @Test
    void twoHundredFlipFlopsLeaveNothingBehind() throws Exception {
        shop.write(Shop.cart(1, 10));
        URLClassLoader loader = app.loader(home);
        Application.call(loader, "Cart", "rate");
        List<Map<String, byte[]>> versions = List.of(Shop.cart(0, 0), Shop.cart(1, 1));
        int classes = app.live.tables().of(loader).size();
        for (int round = 0; round < 200; round++) {
            shop.write(versions.get(round % 2));
            assertThat(((TakeUp.Applied) app.reload()).body()).isEqualTo(2);
            assertThat(Application.call(loader, "Cart", "rate")).isEqualTo(round % 2);
        }
        Live cart = Objects.requireNonNull(app.live.tables().of(loader).get("com/acme/Cart"));
        assertThat(app.live.tables().of(loader).size()).isEqualTo(classes);
        assertThat(Objects.requireNonNull(cart.version()).constants())
                .isLessThan(4 * ClassFile.constants(cart.version().bytes()));
    }

    @Test
    void classesThatWereLoadedBeforeTheAgentAreComparedWithWhatRuns() throws Exception {
        shop.write(Shop.cart(1, 10));
        URLClassLoader loader = app.loader(home);
        Application.call(loader, "Cart", "rate");
        try (Application late = new Application()) {
            late.code.remember();
            late.applies(0, 0);
            shop.write(Shop.cart(2, 10));
            late.applies(1, 0);
            assertThat(Application.call(loader, "Cart", "total")).isEqualTo(2);
        }
    }

    /** A module of an image that jlink made is one. */
    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1/shop.jar", "jrt:/com.acme.shop"})
    void containersThatAreNotWatchedAreNamedOnce(String far) throws Exception {
        CodeSource source = new CodeSource(URI.create(far).toURL(), (Certificate[]) null);
        Map<String, byte[]> classes = Shop.cart(1, 10);
        ClassLoader loader = new ClassLoader(ClassLoader.getPlatformClassLoader()) {
            @Override
            protected Class<?> findClass(String name) {
                byte[] bytes = Objects.requireNonNull(classes.get(name.replace('.', '/')));
                return defineClass(name, bytes, 0, bytes.length, new ProtectionDomain(source, null));
            }
        };
        Application.call(loader, "Cart", "rate");

        app.applies(0, 0);
        app.applies(0, 0);

        assertThat(app.said)
                .filteredOn(line -> line.startsWith("+ 2 classes come from " + far + "; not watched: "))
                .hasSize(1);
    }

    @Test
    void aClassThatGathersConstantsIsRefusedBeforeAnOldJvmAborts() {
        Version version = Version.first(sized(30_000, 1));
        version = Version.after(version, new byte[0], sized(29_000, 2));
        version = Version.after(version, new byte[0], sized(29_000, 2));

        assertThat(version.constants()).isEqualTo(59_000);
        assertThat(version.overflows(17)).isFalse();
        assertThat(Version.after(version, new byte[0], sized(2_000, 3)).overflows(17))
                .isTrue();
        assertThat(Version.after(version, new byte[0], sized(2_000, 3)).overflows(25))
                .isFalse();
    }

    private static byte[] sized(int constants, int content) {
        return new byte[] {0, 0, 0, 0, 0, 0, 0, 61, (byte) (constants >> 8), (byte) constants, (byte) content};
    }
}
