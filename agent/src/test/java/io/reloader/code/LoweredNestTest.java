// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.reloader.control.TakeUp;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Classes that are new in the nest of a loaded one. */
class LoweredNestTest {
    @TempDir
    private Path home;

    @AutoClose
    private final Application app = Application.structural();

    static Stream<Arguments> nests() {
        return Stream.of(
                Arguments.of("inner class that shares private state", """
                        class Cart { private int a = 3; static Object run() { return 1; } private int p() { return a; } }
                        """, """
                        class Cart {
                            private int a = 3;
                            static Object run() {
                                Cart c = new Cart();
                                Inner i = c.new Inner(4);
                                return i.sum() + i.secret + c.a + i.hidden() + c.made();
                            }
                            private int p() { return a; }
                            String made() { return new Inner(1).hidden(); }
                            private class Inner {
                                private int secret;
                                private Inner(int s) { secret = s; }
                                int sum() { a++; return secret + a + p(); }
                                private String hidden() { return "h" + secret; }
                            }
                        }
                        """, "20h4h1"),
                Arguments.of("anonymous class", """
                        class Cart { private int a = 3; Object o() { return 1; } static Object run() { return new Cart().o(); } }
                        """, """
                        class Cart {
                            private int a = 3;
                            Object o() {
                                return new java.util.function.IntSupplier() { public int getAsInt() { return a + 1; } }.getAsInt();
                            }
                            static Object run() { return new Cart().o(); }
                        }
                        """, "4"),
                Arguments.of("switch on an enum", """
                        enum E { A, B }
                        class Cart { static Object run() { return E.A.ordinal(); } }
                        """, """
                        enum E { A, B }
                        class Cart {
                            static Object run() {
                                switch (E.valueOf("B")) { case A: { return "a"; } case B: { return "b"; } default: { return "c"; } }
                            }
                        }
                        """, "b"),
                Arguments.of("record and local interface", """
                        class Cart { static Object run() { return 1; } }
                        """, """
                        class Cart {
                            static Object run() {
                                interface N { String n(); }
                                record R(int i, String s) implements N {
                                    private static String pre() { return "p"; }
                                    public String n() { return pre() + i + s; }
                                }
                                return new R(1, "x").n() + new R(2, null);
                            }
                        }
                        """, "p1xR[i=2, s=null]"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("nests")
    void aLoadedClassTakesThemAndTheyChangeWithIt(String name, String before, String after, String says)
            throws Exception {
        Shop shop = new Shop(home);
        shop.write(Sources.compile(before));
        URLClassLoader loader = app.loader(home);
        Application.call(loader, "Cart", "run");
        shop.write(Sources.compile(after));

        assertThat(app.reload()).as("%s", app.said).isInstanceOf(TakeUp.Applied.class);
        assertThat(String.valueOf(Application.call(loader, "Cart", "run"))).isEqualTo(says);
        assertThat(app.reload()).isEqualTo(new TakeUp.Applied(0, 0));

        shop.write(Sources.compile(after.replace("return ", "int added = 1; return ")));
        assertThat(app.reload()).as("%s", app.said).isInstanceOf(TakeUp.Applied.class);
        assertThat(String.valueOf(Application.call(loader, "Cart", "run"))).isEqualTo(says);
    }
}
