// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.instrument.ClassFileTransformer;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtherAgentsTest {
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
    void anotherAgentThatRetransformsDoesNotPutOldCodeBack() throws Exception {
        shop.write(Shop.cart(1, 10));
        URLClassLoader loader = app.loader(home);
        Application.call(loader, "Cart", "rate");
        Class<?> cart = loader.loadClass("com.acme.Cart");
        ClassFileTransformer other = new ClassFileTransformer() {
            @Override
            public byte @Nullable [] transform(
                    @Nullable ClassLoader l,
                    @Nullable String name,
                    @Nullable Class<?> type,
                    @Nullable ProtectionDomain domain,
                    byte[] bytes) {
                return type == cart ? bytes.clone() : null;
            }
        };
        app.instrumentation.addTransformer(other, true);
        try {
            for (int round = 2; round < 6; round++) {
                shop.write(Shop.cart(round, 10));
                app.applies(1, 0);
                app.instrumentation.retransformClasses(cart);
                assertThat(Application.call(loader, "Cart", "total")).isEqualTo(round);
            }
        } finally {
            app.instrumentation.removeTransformer(other);
        }
    }

    @Test
    void aBatchIsOneRetransformationOfEachClass() throws Exception {
        shop.write(Shop.cart(1, 10));
        URLClassLoader loader = app.loader(home);
        Application.call(loader, "Cart", "rate");
        shop.write(Shop.cart(2, 20));
        app.applies(2, 0);
        shop.write(Shop.cart(3, 30));
        AtomicInteger asked = new AtomicInteger();
        ClassFileTransformer counter = new ClassFileTransformer() {
            @Override
            public byte @Nullable [] transform(
                    @Nullable ClassLoader l,
                    @Nullable String name,
                    @Nullable Class<?> type,
                    @Nullable ProtectionDomain domain,
                    byte[] bytes) {
                asked.addAndGet(type != null && l == loader ? 1 : 0);
                return null;
            }
        };
        app.instrumentation.addTransformer(counter, true);
        try {
            app.applies(2, 0);
        } finally {
            app.instrumentation.removeTransformer(counter);
        }
        assertThat(asked).hasValue(2);
    }

    @Test
    void classesThatAnAgentBeforeUsChangedAreNotTakenForChangedOnes() throws Exception {
        Path jar = home.resolve("shop.jar");
        Sources.jar(jar, Shop.cart(1, 10));
        byte[] woven = Sources.of(
                Sources.compile(Shop.CART.formatted(1, 10).replace("class Cart {", "class Cart { int woven;")), "Cart");
        ClassFileTransformer other = new ClassFileTransformer() {
            @Override
            public byte @Nullable [] transform(
                    @Nullable ClassLoader l,
                    @Nullable String name,
                    @Nullable Class<?> type,
                    @Nullable ProtectionDomain domain,
                    byte[] bytes) {
                return "com/acme/Cart".equals(name) && type == null ? woven.clone() : null;
            }
        };
        app.instrumentation.addTransformer(other, false);
        try {
            URLClassLoader loader = app.loader(jar);
            app.code.remember();
            Application.call(loader, "Cart", "rate");
            Baseline.first(Objects.requireNonNull(app.live.tables().of(loader).get("com/acme/Cart"))
                    .location());
            Sources.jar(jar, Shop.cart(1, 20));
            app.applies(1, 0);
            assertThat(Application.call(loader, "Cart", "rate")).isEqualTo(20);
        } finally {
            app.instrumentation.removeTransformer(other);
        }
    }

    @Test
    void anAgentThatRetransformsAllTheTimeNeverPutsOldCodeBack() throws Exception {
        shop.write(Shop.cart(0, 0));
        URLClassLoader loader = app.loader(home);
        Application.call(loader, "Cart", "rate");
        List<Map<String, byte[]>> versions = List.of(Shop.cart(0, 0), Shop.cart(1, 1));
        Class<?>[] types = {loader.loadClass("com.acme.Tax"), loader.loadClass("com.acme.Cart")};
        AtomicBoolean stop = new AtomicBoolean();
        Thread other = new Thread(() -> {
            while (!stop.get()) {
                try {
                    app.instrumentation.retransformClasses(types);
                } catch (Exception e) {
                    return;
                }
            }
        });
        other.start();
        try {
            for (int round = 1; round <= 60; round++) {
                shop.write(versions.get(round % 2));
                app.applies(2, 0);
                for (int look = 0; look < 20; look++) {
                    assertThat(Application.call(loader, "Cart", "total")).isEqualTo(round % 2);
                    assertThat(Application.call(loader, "Cart", "rate")).isEqualTo(round % 2);
                }
            }
            assertThat(other.isAlive()).isTrue();
        } finally {
            stop.set(true);
            other.join();
        }
    }
}
