// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.reloader.control.TakeUp;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lowered changes while two versions run, and those that are refused. */
class LoweredVersionsTest {
    private static final String CART = """
            class Cart {
                static Object run() { return f() + new Sub().g(); }
                static String f() { return %s; }
                %s
                String g() { return "g1"; }
            }
            class Sub extends Cart { %s }
            """;
    private static final String ADDED = "static String h() { return \"h%s\"; }";
    private static final String OVERRIDE = "String g() { return \"s%s\" + super.g(); }";

    @TempDir
    private Path home;

    private Shop shop;

    @AutoClose
    private final Application app = Application.structural();

    @BeforeEach
    void open() {
        shop = new Shop(home);
    }

    @Test
    void oldThreadsRunTheOldCodeOfCompanionsAndOfOverridesToo() throws Exception {
        shop.write(Sources.compile(CART.formatted("\"f1\"", "", "")));
        URLClassLoader loader = app.loader(home);
        assertThat(Application.call(loader, "Cart", "run")).isEqualTo("f1g1");
        String old = "f1g1";
        for (String mark : List.of("2", "3", "4")) {
            write(mark);
            assertThat(app.code.takeUp()).as("%s", app.said).isInstanceOf(TakeUp.Applied.class);
            assertThat(Application.call(loader, "Cart", "run")).isEqualTo(old);
            FutureTask<Object> young = new FutureTask<>(() -> Application.call(loader, "Cart", "run"));
            Thread thread = new Thread(young);
            thread.start();
            old = "f" + mark + "h" + mark + "s" + mark + "g1";
            assertThat(young.get()).isEqualTo(old);
            thread.join();
            app.code.settle();
            assertThat(Application.call(loader, "Cart", "run")).isEqualTo(old);
        }
        write("5");
        assertThat(app.code.takeUp()).isInstanceOf(TakeUp.Applied.class);
        assertThat(app.code.rollBack()).isInstanceOf(TakeUp.Applied.class);
        app.code.settle();
        assertThat(Application.call(loader, "Cart", "run")).isEqualTo(old);
    }

    @Test
    void aNestedClassThatCameWithAReloadIsInNoRollbacksWay() throws Exception {
        shop.write(Sources.compile("class Cart { static Object run() { return 1; } }"));
        URLClassLoader loader = app.loader(home);
        assertThat(Application.call(loader, "Cart", "run")).isEqualTo(1);
        shop.write(Sources.compile("class Cart { static int n = 2; static Object run() { return new In().n(); }"
                + " static class In { int n() { return n; } } }"));
        assertThat(app.code.takeUp()).isInstanceOf(TakeUp.Applied.class);
        FutureTask<Object> young = new FutureTask<>(() -> Application.call(loader, "Cart", "run"));
        Thread thread = new Thread(young);
        thread.start();
        assertThat(young.get()).isEqualTo(2);
        thread.join();
        assertThat(app.code.rollBack()).isInstanceOf(TakeUp.Applied.class);
        app.code.settle();
        assertThat(Application.call(loader, "Cart", "run")).isEqualTo(1);
    }

    @Test
    void aConstructorIsTheOneOfTheVersionThatItsCallerRuns() throws Exception {
        String cart =
                "class Cart { final String s; Cart() { s = \"none%1$s\"; } %2$s static Object run() { return %3$s; } }"
                        + " class Sub extends Cart { Sub() { super(%4$s); } }";
        String added = "Cart(String t) { s = t + %1$s; } Cart(int i, long l) { this(\"two\" + i + l); }";
        shop.write(Sources.compile(cart.formatted(1, "", "new Cart().s + new Sub().s", "")));
        URLClassLoader loader = app.loader(home);
        String old = "none1none1";
        assertThat(Application.call(loader, "Cart", "run")).isEqualTo(old);
        for (int mark = 2; mark < 5; mark++) {
            shop.write(Sources.compile(cart.formatted(
                    mark, added.formatted(mark), "new Cart(\"one\").s + new Sub().s + new Cart().s", "1, 2L")));
            assertThat(app.code.takeUp()).isInstanceOf(TakeUp.Applied.class);
            assertThat(Application.call(loader, "Cart", "run")).isEqualTo(old);
            FutureTask<Object> young = new FutureTask<>(() -> Application.call(loader, "Cart", "run"));
            Thread thread = new Thread(young);
            thread.start();
            old = "one" + mark + "two12" + mark + "none" + mark;
            assertThat(young.get()).isEqualTo(old);
            thread.join();
            app.code.settle();
            assertThat(Application.call(loader, "Cart", "run")).isEqualTo(old);
        }
        for (String back : List.of("one3two123none3", "one2two122none2", "none1none1")) {
            assertThat(app.code.rollBack()).isInstanceOf(TakeUp.Applied.class);
            app.code.settle();
            assertThat(Application.call(loader, "Cart", "run")).isEqualTo(back);
        }
    }

    /** The frame of a version that is there no more makes objects as it did. */
    @Test
    void aMethodThatRunsOnAfterARollbackCallsTheConstructorThatHasGone() throws Exception {
        String cart = "class Cart { static final java.util.concurrent.SynchronousQueue<String> Q = new"
                + " java.util.concurrent.SynchronousQueue<>(); final String s; Cart() { s = \"none\"; } %s static Object"
                + " run() throws Exception { Q.put(\"ready\"); Q.take(); return new Cart(%s).s; }"
                + " static Object meet() throws Exception { return Q.take(); }"
                + " static Object go() throws Exception { Q.put(\"go\"); return null; } }";
        shop.write(Sources.compile(cart.formatted("", "")));
        URLClassLoader loader = app.loader(home);
        Class.forName("com.acme.Cart", true, loader);
        shop.write(Sources.compile(cart.formatted("Cart(String t) { s = t; }", "\"added\"")));
        app.applies(1, 0);
        app.code.settle();
        FutureTask<Object> young = new FutureTask<>(() -> Application.call(loader, "Cart", "run"));
        new Thread(young).start();
        assertThat(Application.call(loader, "Cart", "meet")).isEqualTo("ready");
        assertThat(app.code.rollBack()).isInstanceOf(TakeUp.Applied.class);
        app.code.settle();
        Application.call(loader, "Cart", "go");
        assertThat(young.get()).isEqualTo("added");
    }

    private void write(String mark) throws Exception {
        shop.write(Sources.compile(
                CART.formatted("\"f" + mark + "\" + h()", ADDED.formatted(mark), OVERRIDE.formatted(mark))));
    }

    @Test
    void whatCannotBeLoweredIsRefusedWithItsReason() throws Exception {
        String before = "class Cart { static int x = 1; static { for (int i = 0; i < 2; i++) x++; }"
                + " static Object run() { return 1; } %s }";
        Map<String, String> added = Map.of(
                "static java.util.List<String> l = new java.util.ArrayList<>(); static { l.add(\"a\"); }",
                "com.acme.Cart.l was added; the part of the static initialiser that sets it cannot be run by itself;",
                "@Deprecated Cart(int i) {} @Seen Cart(long l) {} Cart() {} @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME) @interface Seen {}",
                "com.acme.Cart(long) was added with an annotation; what looks for that does so by reflection,",
                "@Seen void f() {} @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME) @interface Seen {}",
                "com.acme.Cart.f() was added with an annotation; what looks for that does so by reflection,");
        shop.write(Sources.compile(before.formatted("")));
        URLClassLoader loader = app.loader(home);
        Application.call(loader, "Cart", "run");
        for (Map.Entry<String, String> each : added.entrySet()) {
            shop.write(Sources.compile(before.formatted(each.getKey())));
            assertThat(app.refuses())
                    .singleElement()
                    .asString()
                    .startsWith(each.getValue())
                    .endsWith("; restart the process");
        }
        shop.write(Sources.compile(before.formatted("Cart(int i) { this(); " + "x++; ".repeat(5_000) + "}"
                + " Cart(long l) { " + "x++; ".repeat(5_000) + "} Cart() {}")));
        assertThat(app.refuses())
                .singleElement()
                .asString()
                .startsWith("com.acme.Cart is too long in <init>; ")
                .endsWith("; restart the process");
        shop.write(Sources.compile(before.formatted("public int getTotal() { return 1; } Cart(int i) { }")));
        app.applies(1, 0);
        assertThat(app.said)
                .contains("+ com.acme.Cart.getTotal() was added: what looks for properties by reflection does not see"
                        + " it; restart to have it seen")
                .contains(
                        "+ com.acme.Cart(int) was added, and another removed: what makes objects by reflection goes on"
                                + " with that; restart to have it use the new one");
    }

    @Test
    void fieldsOfObjectsThatOthersCopyAreRefusedAndSoAreOverridesOfObjectWithoutPreparation() throws Exception {
        // It would prepare the classes.
        app.close();
        String before = "class Cart implements %s { static Object run() { return new Cart().hashCode(); } %s }";
        for (String type : List.of("Cloneable", "java.io.Serializable")) {
            Path place = home.resolve(type);
            Shop classes = new Shop(place);
            try (Application attached = Application.attachedTo(true)) {
                classes.write(Sources.compile(before.formatted(type, "")));
                Application.call(attached.loader(place), "Cart", "run");
                classes.write(Sources.compile(before.formatted(type, "int y;")));
                assertThat(attached.refuses())
                        .singleElement()
                        .asString()
                        .startsWith("com.acme.Cart.y was added; ")
                        .endsWith("; restart the process");
                classes.write(Sources.compile(before.formatted(type, "public String toString() { return \"x\"; }")));
                assertThat(attached.refuses())
                        .containsExactly("com.acme.Cart.toString() was added; it is an override of java.lang.Object's,"
                                + " which is not the application's to change; restart the process");
                classes.write(Sources.compile(before.formatted(type, "")));
            }
        }
    }
}
