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
        shop.write(Sources.compile(before.formatted("public int getTotal() { return 1; }")));
        app.applies(1, 0);
        assertThat(app.said)
                .contains("+ com.acme.Cart.getTotal() was added: what looks for properties by reflection does not see"
                        + " it; restart to have it seen");
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
