// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.reloader.control.TakeUp;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtherAgentsTest {
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
    void anotherAgentThatRetransformsDoesNotPutOldCodeBack() throws Exception {
        shop.write(Shop.cart(1, 10));
        URLClassLoader loader = app.loader(home);
        Application.call(loader, "Cart", "rate");
        Class<?> cart = loader.loadClass("com.acme.Cart");
        other(true, (name, type, bytes) -> type == cart ? bytes.clone() : null).during(() -> {
            for (int round = 2; round < 6; round++) {
                shop.write(Shop.cart(round, 10));
                app.applies(1, 0);
                app.instrumentation.retransformClasses(cart);
                assertThat(Application.call(loader, "Cart", "total")).isEqualTo(round);
            }
        });
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
        other(true, (name, type, bytes) -> {
                    asked.addAndGet(type != null && type.getClassLoader() == loader ? 1 : 0);
                    return null;
                })
                .during(() -> {
                    assertThat(app.code.takeUp()).isEqualTo(new TakeUp.Applied(2, 0));
                    // Each once in the rehearsal, and once in the batch.
                    assertThat(asked).hasValue(4);
                    app.code.settle();
                    assertThat(asked).hasValue(6);
                });
    }

    @Test
    void anAgentThatCannotReadTwoVersionsGetsOne() throws Exception {
        shop.write(Shop.cart(1, 10));
        URLClassLoader loader = app.loader(home);
        Application.call(loader, "Cart", "rate");
        shop.write(Shop.cart(2, 20));
        other(
                        true,
                        (name, type, bytes) ->
                                new String(bytes, StandardCharsets.ISO_8859_1).contains("ReloaderVersions")
                                        ? new byte[9]
                                        : null)
                .during(() -> {
                    assertThat(app.code.takeUp()).isEqualTo(new TakeUp.Applied(2, 0));
                });
        assertThat(app.code.unsettled()).isFalse();
        assertThat(Application.call(loader, "Cart", "rate")).isEqualTo(20);
        assertThat(app.said).anyMatch(line -> line.contains("every thread runs the new code at once"));
    }

    @Test
    void classesThatAnAgentBeforeUsChangedAreNotTakenForChangedOnes() throws Exception {
        Path jar = home.resolve("shop.jar");
        Sources.jar(jar, Shop.cart(1, 10));
        byte[] woven = Sources.of(
                Sources.compile(Shop.CART.formatted(1, 10).replace("class Cart {", "class Cart { int woven;")), "Cart");
        other(false, (name, type, bytes) -> "com/acme/Cart".equals(name) && type == null ? woven.clone() : null)
                .during(() -> {
                    URLClassLoader loader = app.loader(jar);
                    app.code.remember();
                    Application.call(loader, "Cart", "rate");
                    try (Archives archives = new Archives()) {
                        Baseline.first(
                                Objects.requireNonNull(
                                                app.live.tables().of(loader).get("com/acme/Cart"))
                                        .location(),
                                archives);
                    }
                    Sources.jar(jar, Shop.cart(1, 20));
                    app.applies(1, 0);
                    assertThat(Application.call(loader, "Cart", "rate")).isEqualTo(20);
                });
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
            for (int round = 1; round <= 20; round++) {
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

    /** One that is asked as classes are loaded and redefined, not as they are retransformed. */
    @Test
    void whatAnAgentWeavesThatIsNotAskedAtRetransformationsStays() throws Exception {
        staysWoven(false);
    }

    @Test
    void whatAnAgentBeforeOursWeavesStays() throws Exception {
        app.instrumentation.removeTransformer(app.live);
        staysWoven(true);
    }

    private void staysWoven(boolean retransforms) throws Exception {
        deployMarked(1);
        other(retransforms, OtherAgentsTest::woven).during(() -> {
            if (retransforms) {
                app.instrumentation.addTransformer(app.live, true);
            }
            URLClassLoader loader = app.loader(home);
            assertThat(marks(loader)).isEqualTo("woven 1");
            Class<?> type = loader.loadClass("com.acme.Marked");
            for (int version = 2; version < 5; version++) {
                deployMarked(version);
                assertThat(app.code.takeUp()).isEqualTo(new TakeUp.Applied(1, 0));
                assertThat(marks(loader)).as("two versions").isEqualTo("woven " + (version - 1));
                app.code.settle();
                assertThat(marks(loader)).isEqualTo("woven " + version);
                app.instrumentation.retransformClasses(type);
                assertThat(marks(loader)).isEqualTo("woven " + version);
            }
            assertThat(app.rollBack()).isEqualTo(new TakeUp.Applied(1, 0, true));
            assertThat(marks(loader)).isEqualTo("woven 3");
            app.instrumentation.retransformClasses(type);
            assertThat(marks(loader)).isEqualTo("woven 3");
        });
    }

    @Test
    void whatAnAgentMakesOfNewCodeThatTheJvmDoesNotTakeIsLeftOut() throws Exception {
        deployMarked(1);
        URLClassLoader loader = app.loader(home);
        assertThat(marks(loader)).isEqualTo("plain 1");
        other(false, (name, type, bytes) -> "com/acme/Marked".equals(name) ? new byte[9] : null)
                .during(() -> {
                    deployMarked(2);
                    app.applies(1, 0);
                });
        assertThat(marks(loader)).isEqualTo("plain 2");
        assertThat(app.said)
                .anyMatch(line ->
                        line.startsWith("+ what another agent makes of the new code is left out: with it, one of"
                                + " 1 changed classes"));
    }

    private void deployMarked(int version) throws Exception {
        shop.write(Sources.compile("public class Marked { public static String mark() { return"
                + " \"plain \" + number(); } static int number() { return " + version + "; } }"));
    }

    private static @Nullable Object marks(URLClassLoader loader) throws Exception {
        return Application.call(loader, "Marked", "mark");
    }

    private static byte @Nullable [] woven(@Nullable String name, @Nullable Class<?> type, byte[] bytes) {
        return "com/acme/Marked".equals(name)
                ? new String(bytes, StandardCharsets.ISO_8859_1)
                        .replace("plain", "woven")
                        .getBytes(StandardCharsets.ISO_8859_1)
                : null;
    }

    private OtherAgent other(boolean retransforms, OtherAgent.Weaver weaver) {
        return new OtherAgent(app.instrumentation, retransforms, weaver);
    }
}
