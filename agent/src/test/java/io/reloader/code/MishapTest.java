// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.reloader.control.TakeUp;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.concurrent.ReloaderVersions;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever goes wrong in the middle of a reload, what runs afterwards is all old or all new, and said. */
class MishapTest {
    @TempDir
    private Path home;

    private Shop shop;

    /** So many calls of retransformClasses go well; then so many run out of memory. */
    private final AtomicInteger good = new AtomicInteger(Integer.MAX_VALUE);

    private final AtomicInteger bad = new AtomicInteger();

    @AutoClose
    private final Application app = new Application(this::scarce);

    @BeforeEach
    void open() {
        shop = new Shop(home);
    }

    @Test
    void withoutMemoryForTheBatchTheOldCodeRunsOnAndTheNextReloadWorks() throws Exception {
        URLClassLoader loader = changed();
        fail(1, Integer.MAX_VALUE);
        assertThat(app.refuses())
                .singleElement()
                .asString()
                .contains("needs more memory than there is (Metaspace); give the JVM more, or restart the process");
        assertThat(app.code.unsettled()).isFalse();
        assertThat(ReloaderVersions.get()).isSameAs(ReloaderVersions.NONE);
        assertThat(rate(loader)).isEqualTo(1);

        fail(Integer.MAX_VALUE, 0);
        app.applies(2, 0);
        assertThat(rate(loader)).isEqualTo(2);
    }

    @Test
    void withoutMemoryToSettleEveryThreadRunsTheNewCodeAndTheNextReloadTriesAgain() throws Exception {
        URLClassLoader loader = changed();
        assertThat(app.code.takeUp()).isEqualTo(new TakeUp.Applied(2, 0));
        fail(0, Integer.MAX_VALUE);
        app.code.settle();
        assertThat(app.code.unsettled()).isTrue();
        assertThat(rate(loader)).isEqualTo(2);
        assertThat(app.said)
                .anyMatch(line -> line.startsWith(
                        "! every thread runs the new code, but 2 classes still hold the other" + " too: "));
        shop.write(Shop.cart(3, 3));
        assertThat(app.code.takeUp()).isEqualTo(new TakeUp.Unsettled(2));

        fail(Integer.MAX_VALUE, 0);
        app.code.settle();
        assertThat(app.code.unsettled()).isFalse();
        app.applies(2, 0);
        assertThat(rate(loader)).isEqualTo(3);
    }

    @Test
    void withoutMemoryForARollbackTheNewCodeRunsOn() throws Exception {
        URLClassLoader loader = changed();
        app.applies(2, 0);
        fail(0, Integer.MAX_VALUE);
        assertThat(app.code.rollBack()).isInstanceOf(TakeUp.Refused.class);
        assertThat(rate(loader)).isEqualTo(2);
        fail(Integer.MAX_VALUE, 0);
        assertThat(app.rollBack()).isEqualTo(new TakeUp.Applied(2, 0, true));
        assertThat(rate(loader)).isEqualTo(1);
    }

    @Test
    void withoutMemoryToSettleARollbackEveryThreadRunsTheOldCode() throws Exception {
        URLClassLoader loader = changed();
        app.code.takeUp();
        assertThat(app.code.rollBack()).isEqualTo(new TakeUp.Applied(2, 0, true));
        fail(0, Integer.MAX_VALUE);
        app.code.settle();
        assertThat(rate(loader)).isEqualTo(1);
        Object[] elsewhere = new Object[1];
        Thread thread = new Thread(() -> elsewhere[0] = quietRate(loader));
        thread.start();
        thread.join();
        assertThat(elsewhere[0]).isEqualTo(1);
        fail(Integer.MAX_VALUE, 0);
        app.code.settle();
        assertThat(app.code.unsettled()).isFalse();
        assertThat(rate(loader)).isEqualTo(1);
    }

    @Test
    void aTransformerOfAnotherAgentThatThrowsKeepsNothingBack() throws Exception {
        URLClassLoader loader = changed();
        AtomicInteger thrown = new AtomicInteger();
        OtherAgent throwing = new OtherAgent(app.instrumentation, true, (name, type, bytes) -> {
            if (type != null && name != null && name.startsWith("com/acme/")) {
                thrown.incrementAndGet();
                throw new IllegalStateException("of another agent");
            }
            return null;
        });
        throwing.during(() -> {
            assertThat(app.code.takeUp()).isEqualTo(new TakeUp.Applied(2, 0));
            int batch = thrown.get();
            assertThat(batch).isPositive();
            app.code.settle();
            assertThat(thrown).as("asked again as it settles").hasValueGreaterThan(batch);
            assertThat(app.code.unsettled()).isFalse();
            assertThat(rate(loader)).isEqualTo(2);
            assertThat(app.rollBack()).isEqualTo(new TakeUp.Applied(2, 0, true));
            assertThat(rate(loader)).isEqualTo(1);
        });
    }

    private URLClassLoader changed() throws Exception {
        shop.write(Shop.cart(1, 1));
        URLClassLoader loader = app.loader(home);
        rate(loader);
        shop.write(Shop.cart(2, 2));
        return loader;
    }

    private static @Nullable Object rate(ClassLoader loader) throws Exception {
        return Application.call(loader, "Cart", "rate");
    }

    private static @Nullable Object quietRate(ClassLoader loader) {
        try {
            return rate(loader);
        } catch (Exception e) {
            return e;
        }
    }

    private void fail(int after, int times) {
        good.set(after);
        bad.set(times);
    }

    /** A JVM whose memory runs out in the middle of a retransformation: none of its classes changes. */
    private Instrumentation scarce(Instrumentation real) {
        return (Instrumentation) Proxy.newProxyInstance(
                MishapTest.class.getClassLoader(),
                new Class<?>[] {Instrumentation.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("retransformClasses")
                            && good.getAndDecrement() <= 0
                            && bad.getAndDecrement() > 0) {
                        throw new OutOfMemoryError("Metaspace");
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
