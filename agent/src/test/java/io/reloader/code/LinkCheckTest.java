// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LinkCheckTest {
    private static final String TAX =
            "class Tax { int share; static int rate() { return 1; } int own() { return 1; } }";

    @TempDir
    private Path home;

    private Shop shop;

    @AutoClose
    private final Application app = new Application();

    @BeforeEach
    void open() {
        shop = new Shop(home);
    }

    /**
     * What the new Cart does with a Tax that it alone was compiled with.
     *
     * @param tax that Tax
     * @param use the body of Cart.total()
     * @param fault what is said of it; empty if it links
     */
    record Use(String tax, String use, String fault) {
        @Override
        public String toString() {
            return fault.isEmpty() ? use : fault;
        }
    }

    static List<Use> uses() {
        return List.of(
                use(TAX, "return Tax.rate() + 1;", ""),
                use(TAX, "return new Tax().own() + new Tax[3].clone().length;", ""),
                use(TAX, "return new Tax().hashCode();", ""),
                use(
                        TAX,
                        "try { return (int) java.lang.invoke.MethodHandles.zero(int.class).invokeExact(); }"
                                + " catch (Throwable e) { return 1; }",
                        ""),
                use(TAX, "java.util.function.IntSupplier s = Tax::rate; return s.getAsInt();", ""),
                use(
                        "class Tax { static int more(int i) { return i; } }",
                        "return Tax.more(1);",
                        "Tax.more(int), which does not exist; deploy com.acme.Tax too"),
                use(
                        "class Tax { Tax(String s) { } }",
                        "new Tax(\"\"); return 1;",
                        "Tax(java.lang.String), which does not exist; deploy com.acme.Tax too"),
                use(
                        "class Tax { int fresh; }",
                        "return new Tax().fresh;",
                        "Tax.fresh, which does not exist; deploy com.acme.Tax too"),
                use(
                        "class Tax { int share() { return 1; } static java.util.function.ToIntFunction<Tax> f = null; }",
                        "java.util.function.ToIntFunction<Tax> f = Tax::share; return 1;",
                        "Tax.share(), which does not exist; deploy com.acme.Tax too"),
                use(
                        "class Tax { int rate() { return 1; } }",
                        "return new Tax().rate();",
                        "Tax.rate(), which is static"),
                use(
                        "class Tax { static int own() { return 1; } }",
                        "return Tax.own();",
                        "Tax.own(), which is not static"),
                use(
                        "interface Tax { static int rate() { return 1; } }",
                        "return Tax.rate();",
                        "Tax, which is no interface; deploy com.acme.Tax too"),
                use(
                        "class Tax { } class Levy { }",
                        "new Levy(); return 1;",
                        "Levy, which does not exist; deploy com.acme.Levy too"),
                use(
                        "class Tax { } class Levy { }",
                        "Object o = null; return o instanceof Levy[] ? 1 : Levy.class.hashCode();",
                        "Levy, which does not exist; deploy com.acme.Levy too"),
                use(
                        "class Tax { } class Levy extends RuntimeException { }",
                        "try { return 1; } catch (Levy e) { return 2; }",
                        "Levy, which does not exist; deploy com.acme.Levy too"));
    }

    private static Use use(String tax, String use, String fault) {
        return new Use(tax, use, fault);
    }

    private static Map<String, byte[]> cart(String use, String tax) {
        return Sources.compile("public class Cart { public static int total() { " + use + " } } " + tax);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("uses")
    void aClassThatWasCompiledWithWhatIsNotDeployedIsRefused(Use use) throws Exception {
        shop.write(cart("return Tax.rate();", TAX));
        URLClassLoader loader = app.loader(home);
        Application.call(loader, "Cart", "total");
        Map<String, byte[]> next = new HashMap<>(cart(use.use(), use.tax()));
        next.keySet().retainAll(List.of("com/acme/Cart"));
        shop.write(next);

        if (use.fault().isEmpty()) {
            app.applies(1, 0);
        } else {
            assertThat(app.refuses()).anyMatch(line -> line.contains(" refers to com.acme." + use.fault()));
            assertThat(Application.call(loader, "Cart", "total")).isEqualTo(1);
        }
    }

    @Test
    void everyMissingMemberIsNamedWithTheMemberThatNeedsIt() throws Exception {
        String cart = "public class Cart { public static int total() { %s } static int other() { %s } } ";
        shop.write(Sources.compile(cart.formatted("return 1;", "return 1;") + TAX));
        Application.call(app.loader(home), "Cart", "total");
        Map<String, byte[]> next =
                new HashMap<>(Sources.compile(cart.formatted("return Tax.a();", "return Tax.a() + Tax.b;")
                        + "class Tax { static int a() { return 1; } static int b; }"));
        next.remove("com/acme/Tax");
        shop.write(next);

        assertThat(app.refuses())
                .containsExactly(
                        "com.acme.Cart.other() refers to com.acme.Tax.a(), which does not exist; deploy com.acme.Tax too",
                        "com.acme.Cart.other() refers to com.acme.Tax.b, which does not exist; deploy com.acme.Tax too",
                        "com.acme.Cart.total() refers to com.acme.Tax.a(), which does not exist; deploy com.acme.Tax too");
    }

    @Test
    void aBrandNewClassInTheDirectoryIsFound() throws Exception {
        shop.write(cart("return 1;", TAX));
        URLClassLoader loader = app.loader(home);
        Application.call(loader, "Cart", "total");
        shop.write(cart("return Levy.two();", TAX + " class Levy { static int two() { return 2; } }"));

        app.applies(1, 0);

        assertThat(Application.call(loader, "Cart", "total")).isEqualTo(2);
    }

    @Test
    void whatIsNotLoadedYetLinksToItsNewVersion() throws Exception {
        shop.write(cart("return 1;", TAX));
        URLClassLoader loader = app.loader(home);
        app.code.remember();
        Application.call(loader, "Cart", "total");
        shop.write(cart("return Tax.two();", "class Tax { static int two() { return 2; } }"));

        assertThat(app.reload().toString()).startsWith("Applied");

        assertThat(Application.call(loader, "Cart", "total")).isEqualTo(2);
    }

    @Test
    void anOptionalDependencyThatWasNeverThereIsNoFault() throws Exception {
        String cart = "public class Cart { public static int total() { return %d; }"
                + " static void log() { Log.log(\"\"); } } class Log { static void log(String s) { } }";
        Map<String, byte[]> first = new HashMap<>(Sources.compile(cart.formatted(1)));
        Map<String, byte[]> second = new HashMap<>(Sources.compile(cart.formatted(2)));
        first.remove("com/acme/Log");
        second.remove("com/acme/Log");
        shop.write(first);
        URLClassLoader loader = app.loader(home);
        Application.call(loader, "Cart", "total");
        shop.write(second);

        app.applies(1, 0);

        assertThat(Application.call(loader, "Cart", "total")).isEqualTo(2);
    }

    @Test
    void theCheckLoadsNoClass() throws Exception {
        shop.write(cart("return 1;", TAX));
        URLClassLoader loader = app.loader(home);
        Application.call(loader, "Cart", "total");
        shop.write(cart("return Tax.rate() + new java.util.concurrent.Phaser().getPhase();", TAX));

        app.applies(1, 0);

        Class<?>[] loaded = app.instrumentation.getInitiatedClasses(loader);
        assertThat(Arrays.stream(loaded).map(Class::getName))
                .doesNotContain("com.acme.Tax", "java.util.concurrent.Phaser");
    }

    @Test
    void aPrivateMemberAndAPackageThatIsNotExportedAreOutOfReach() throws Exception {
        shop.write(cart("return 1;", "class Tax { private static int secret() { return 1; } }"));
        URLClassLoader loader = app.loader(home);
        Application.call(loader, "Cart", "total");
        Map<String, byte[]> next =
                new HashMap<>(cart("return Tax.secret();", "class Tax { static int secret() { return 1; } }"));
        next.remove("com/acme/Tax");
        shop.write(next);

        assertThat(app.refuses())
                .containsExactly("com.acme.Cart.total() refers to com.acme.Tax.secret(), which is private;"
                        + " deploy com.acme.Tax too");

        shop.write(Sources.compile(
                "public class Cart { public static int total() { return jdk.internal.misc.VM.initLevel(); } }",
                "--add-exports",
                "java.base/jdk.internal.misc=ALL-UNNAMED"));
        assertThat(app.refuses())
                .containsExactly(
                        "com.acme.Cart.total() refers to jdk.internal.misc.VM, which is in a package that module"
                                + " java.base does not export; restart with --add-exports java.base/jdk.internal.misc=ALL-UNNAMED");
    }

    @Test
    void aMemberOfALaterJdkIsNamed() throws Exception {
        shop.write(cart("return 1;", TAX));
        URLClassLoader loader = app.loader(home);
        Application.call(loader, "Cart", "total");
        byte[] bytes = Sources.of(cart("return \"\".isBlank() ? 1 : 2;", TAX), "Cart");
        String text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).replace("isBlank", "isBlang");
        Files.write(home.resolve("com/acme/Cart.class"), text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        shop.stamp(home.resolve("com/acme/Cart.class"));

        assertThat(app.refuses())
                .containsExactly("com.acme.Cart.total() refers to java.lang.String.isBlang(), which does not exist;"
                        + " compile it with --release " + Runtime.version().feature());
    }
}
