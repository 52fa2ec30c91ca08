// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.reloader.control.TakeUp;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Structural changes that a JVM which takes none takes up all the same. */
class LoweringTest {
    @TempDir
    private Path home;

    private Shop shop;

    @AutoClose
    private final Application app = Application.structural();

    @BeforeEach
    void open() {
        shop = new Shop(home);
    }

    /** Sources whose Cart.run() says what the newest version does. */
    static Stream<Arguments> changes() {
        return Stream.of(
                change(
                        "private static method",
                        cart("static Object run() { return 1; }"),
                        cart("static Object run() { return f(2); } private static int f(int i) { return i + secret; }"
                                + " private static int secret = 5;"),
                        "7"),
                change(
                        "public instance method called from another class",
                        cart("int a = 3; static Object run() { return Tax.of(new Cart()); }")
                                + "class Tax { static int of(Cart c) { return c.a; } }",
                        cart(
                                        "int a = 3; static Object run() { return Tax.of(new Cart()); } public long more(long x) { return x + a; }")
                                + "class Tax { static int of(Cart c) { return (int) c.more(4L); } }",
                        "7"),
                change(
                        "private state from an added method",
                        cart("private int a = 3; private Cart() {} static Object run() { return new Cart().a; }"
                                + " private int twice() { return a * 2; }"),
                        cart("private int a = 3; private Cart() {} static Object run() { return f(true); }"
                                + " private int twice() { return a * 2; }"
                                + " static String f(boolean b) { Cart c = new Cart(); c.a += 4; c.a++; int[] k = {c.a};"
                                + " k[0] += c.twice(); return \"\" + k[0] + new Cart().a; }"),
                        "243"),
                change(
                        "re-signed method",
                        cart("static Object run() { return f(1); } static int f(int i) { return i; }"),
                        cart(
                                "static Object run() { return f(1L, \"x\"); } static String f(long i, String s) { return s + i; }"),
                        "x1"),
                change(
                        "varargs",
                        cart("static Object run() { return 1; }"),
                        cart("static Object run() { return f(1, 2, 3); } static int f(int... i) { return i.length; }"),
                        "3"),
                change(
                        "lambdas added before others",
                        cart(
                                "int x = 4; static Object run() { java.util.function.IntSupplier a = () -> 1; return a.getAsInt(); }"),
                        cart("int x = 4; static Object run() { return new Cart().go(); } int go() {"
                                + " java.util.function.IntSupplier b = () -> 2 * x; java.util.function.IntSupplier a = () -> 1;"
                                + " java.util.function.Supplier<java.util.function.IntSupplier> n = () -> () -> b.getAsInt() + x;"
                                + " return a.getAsInt() + b.getAsInt() + n.get().getAsInt(); }"),
                        "21"),
                change(
                        "method references",
                        cart("static Object run() { return 1; } private int own() { return 9; }"),
                        cart("static Object run() { Cart c = new Cart(); java.util.function.IntSupplier a = c::added;"
                                + " java.util.function.IntSupplier b = c.ref(); java.util.function.Supplier<Cart> n = Cart::new;"
                                + " java.util.function.Function<Cart, Integer> u = Cart::added;"
                                + " return a.getAsInt() + b.getAsInt() + u.apply(n.get()); }"
                                + " public int added() { return 5; } java.util.function.IntSupplier ref() { return this::own; }"
                                + " private int own() { return 9; }"),
                        "19"),
                change(
                        "synchronized",
                        cart("static Object run() { return 1; }"),
                        cart("static Object run() { return new Cart().f(2L, \"s\") + g(); }"
                                + " synchronized String f(long l, String s) { return l + s + Thread.holdsLock(this); }"
                                + " static synchronized String g() { return \"\" + Thread.holdsLock(Cart.class); }"),
                        "2struetrue"),
                change(
                        "try, loop, switch",
                        cart("static Object run() { return 1; }"),
                        cart(
                                "static Object run() { return f(3, null) + f(1, \"a\"); } static String f(int n, String s) {"
                                        + " while (n-- > 1) { try { s = s + n; s.charAt(9); } catch (RuntimeException e) { s += 'e'; } }"
                                        + " switch (s) { case \"a\": return \"A\"; default: return s; } }"),
                        "null2e1eA"),
                change(
                        "static fields with initialisers",
                        cart("static Object run() { return 1; } static int old = Integer.parseInt(\"4\");"),
                        cart("static Object run() { count++; return names.get(0) + LIMIT + (count > 7) + MADE; }"
                                + " static int old = Integer.parseInt(\"4\"); private static final int LIMIT = 6;"
                                + " private static int count = old > 3 ? 7 : 8;"
                                + " static final java.util.List<String> names = java.util.List.of(\"n\");"
                                + " static final String MADE = String.valueOf(count).concat(\"!\");"),
                        "n6true7!"),
                change(
                        "added virtual method overridden in an added one",
                        cart("static Object run() { return 1; }")
                                + "class Sub extends Cart {} class Leaf extends Sub {}",
                        cart(
                                        "static Object run() { Cart a = new Cart(), b = new Sub(), c = new Leaf();"
                                                + " return a.f(1) + b.f(2) + c.f(3); } public String f(int i) { return \"a\" + i; }")
                                + "class Sub extends Cart { public String f(int i) { return \"b\" + super.f(i); } }"
                                + " class Leaf extends Sub { public String f(int i) { return \"c\" + super.f(i); } }",
                        "a1ba2cba3"),
                change(
                        "added override of a method that was there",
                        cart(
                                        "static Object run() { return new Cart().f(1L, 2) + new Sub().f(1L, 2) + new Leaf().f(1L, 3); }"
                                                + " public String f(long l, int i) { return \"a\" + l + i; }")
                                + "class Sub extends Cart {} class Leaf extends Sub { public String f(long l, int i) { return \"c\" + super.f(l, i); } }",
                        cart(
                                        "static Object run() { return new Cart().f(1L, 2) + new Sub().f(1L, 2) + new Leaf().f(1L, 3); }"
                                                + " public String f(long l, int i) { return \"a\" + l + i; }")
                                + "class Sub extends Cart { public String f(long l, int i) { return \"b\" + super.f(l, i); } }"
                                + " class Leaf extends Sub { public String f(long l, int i) { return \"c\" + super.f(l, i); } }",
                        "a12ba12cba13"),
                change(
                        "removed override",
                        cart("static Object run() { return new Sub().f(); } String f() { return \"a\"; }")
                                + "class Sub extends Cart { String f() { return \"b\"; } }",
                        cart("static Object run() { return new Sub().f(); } String f() { return \"a\"; }")
                                + "class Sub extends Cart { }",
                        "a"),
                change(
                        "interface methods",
                        cart("static Object run() { return new One().a(); }")
                                + "interface I { default String a() { return \"i\"; } } class One implements I {} class Two implements I {}",
                        cart(
                                        "static Object run() { I one = new One(), two = new Two(); return one.a() + two.b() + one.b()"
                                                + " + I.s() + one.c(7) + two.c(8); }")
                                + "interface I { default String a() { return \"i\"; } default String b() { return \"b\" + p(); }"
                                + " private String p() { return \"p\"; } static String s() { return \"s\"; } String c(int i); }"
                                + " class One implements I { public String c(int i) { return \"one\" + i; } }"
                                + " class Two implements I { public String b() { return \"two\" + I.super.b(); }"
                                + " public String c(int i) { return \"two\" + i; } }",
                        "itwobpbpsone7two8"));
    }

    private static Arguments change(String name, String before, String after, String says) {
        return Arguments.of(name, before, after, says);
    }

    private static String cart(String body) {
        return "class Cart { " + body + " } ";
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void aLoadedClassTakesIt(String name, String before, String after, String says) throws Exception {
        shop.write(Sources.compile(before));
        URLClassLoader loader = app.loader(home);
        for (String type : Sources.compile(before).keySet()) {
            Class.forName(type.replace('/', '.'), true, loader);
        }
        Object first = Application.call(loader, "Cart", "run");
        shop.write(Sources.compile(after));

        assertThat(app.reload()).as("%s", app.said).isInstanceOf(TakeUp.Applied.class);

        assertThat(String.valueOf(Application.call(loader, "Cart", "run"))).isEqualTo(says);
        assertThat(app.reload()).isEqualTo(new TakeUp.Applied(0, 0));

        assertThat(app.rollBack()).isInstanceOf(TakeUp.Applied.class);
        assertThat(Application.call(loader, "Cart", "run")).isEqualTo(first);

        shop.write(Sources.compile(after.replace("Cart {", "Cart {\n")));
        assertThat(app.reload()).as("%s", app.said).isInstanceOf(TakeUp.Applied.class);
        assertThat(String.valueOf(Application.call(loader, "Cart", "run"))).isEqualTo(says);
    }

    @Test
    void reloadsGoOnOnTopOfEachOther() throws Exception {
        List<String> versions = List.of(
                "static Object run() { return 1; }",
                "static Object run() { return f(); } static Object f() { return 2; }",
                "static Object run() { return f() + g(1); } static String f() { return \"3\"; } static String g(int i) { return \"g\" + i; }",
                "static Object run() { return f() + g(1); } static String f() { return \"4\"; } static String g(int i) { return \"h\" + i; }",
                "static Object run() { return 5; }");
        List<String> says = List.of("1", "2", "3g1", "4h1", "5");
        URLClassLoader loader = app.loader(home);
        for (int i = 0; i < versions.size(); i++) {
            shop.write(Sources.compile(cart(versions.get(i))));
            if (i > 0) {
                assertThat(app.reload()).isEqualTo(new TakeUp.Applied(1, 0));
            }
            assertThat(String.valueOf(Application.call(loader, "Cart", "run"))).isEqualTo(says.get(i));
        }
        for (int i = versions.size() - 2; i > 0; i--) {
            assertThat(app.rollBack()).isInstanceOf(TakeUp.Applied.class);
            assertThat(String.valueOf(Application.call(loader, "Cart", "run"))).isEqualTo(says.get(i));
        }
    }

    @Test
    void aStackTraceNamesTheCompanionTheMethodAndTheLine() throws Exception {
        shop.write(Sources.compile(cart("static Object run() { return 1; }")));
        URLClassLoader loader = app.loader(home);
        Application.call(loader, "Cart", "run");
        shop.write(Sources.compile(cart("static Object run() { return new Cart().at(); }\n\n"
                + "String at() { return String.valueOf(new Throwable().getStackTrace()[0]); }")));
        app.applies(1, 0);

        assertThat(String.valueOf(Application.call(loader, "Cart", "run")))
                .endsWith("com.acme.Cart$$reloader1.at(Source.java:4)");
    }

    @Test
    void aCheckSaysLoweredForEachMember() throws Exception {
        Map<String, byte[]> before = Sources.compile(cart("static Object run() { return 1; }"));
        shop.write(before);
        Application.call(app.loader(home), "Cart", "run");
        shop.write(Sources.compile(cart("static Object run() { return f(); } static int f() { return 2; }")));

        assertThat(app.code.check().classes())
                .singleElement()
                .satisfies(found -> assertThat(found.verdict() + "" + found.reasons())
                        .isEqualTo("LOWERED[com.acme.Cart.f() was added; it is lowered onto a companion,"
                                + " com.acme.Cart.run() changed]"));
    }
}
