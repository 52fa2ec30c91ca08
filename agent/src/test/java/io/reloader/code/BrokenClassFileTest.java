// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokenClassFileTest {
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
    void aClassFileThatIsBrokenIsRefusedInItsOwnWords() throws Exception {
        shop.write(Shop.cart(1, 10));
        URLClassLoader loader = app.loader(home);
        Application.call(loader, "Cart", "rate");
        byte[] good = Sources.of(Shop.cart(2, 20), "Cart");
        byte[] later = good.clone();
        later[7] = 99;
        Map<byte[], String> broken = Map.of(
                new byte[0],
                "is empty",
                "<html>".getBytes(StandardCharsets.UTF_8),
                "is not a class file: it does not begin with CAFEBABE",
                Arrays.copyOf(good, good.length / 2),
                "is truncated after " + good.length / 2 + " bytes",
                Arrays.copyOf(good, good.length + 3),
                "has 3 bytes after its end",
                later,
                "has class file version 99 (Java 55); this JVM, Java "
                        + Runtime.version().feature(),
                Sources.of(Shop.cart(2, 20), "Tax"),
                "holds the class com.acme.Tax; a class file's path and");
        for (var each : broken.entrySet()) {
            Map<String, byte[]> next = new HashMap<>(Shop.cart(2, 20));
            next.put("com/acme/Cart", each.getKey());
            shop.write(next);

            assertThat(app.refuses())
                    .singleElement()
                    .asString()
                    .startsWith(home.resolve("com/acme/Cart.class") + " " + each.getValue());
            assertThat(Application.call(loader, "Cart", "rate")).isEqualTo(10);
        }
        shop.write(Shop.cart(3, 30));
        app.applies(2, 0);
    }

    @Test
    void whatTheVerifierRejectsNamesTheClassAndAppliesNothing() throws Exception {
        shop.write(Shop.cart(1, 10));
        URLClassLoader loader = app.loader(home);
        Application.call(loader, "Cart", "rate");
        Map<String, byte[]> next = new HashMap<>(Shop.cart(2, 20));
        next.put("com/acme/Tax", Mutations.unverifiable(Sources.of(next, "Tax"), 20));
        shop.write(next);

        assertThat(app.refuses())
                .singleElement()
                .asString()
                .startsWith("com.acme.Tax does not pass the bytecode verifier");
        assertThat(Application.call(loader, "Cart", "total")).isEqualTo(1);
        shop.write(Shop.cart(3, 30));
        app.applies(2, 0);
        assertThat(Application.call(loader, "Cart", "rate")).isEqualTo(30);
    }
}
