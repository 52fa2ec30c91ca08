// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.reloader.control.TakeUp;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ReloaderVersions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RollbackTest {
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
    void whatAReloadReplacedIsPutBackAndItsFilesStayOutUntilTheyChange() throws Exception {
        URLClassLoader loader = reloaded(2);
        assertThat(app.rollBack()).isEqualTo(new TakeUp.Applied(2, 0, true));
        assertThat(rate(loader)).isEqualTo(1);
        assertThat(Application.call(loader, "Cart", "total")).isEqualTo(1);

        app.applies(0, 0);
        assertThat(rate(loader)).isEqualTo(1);
        assertThat(app.said)
                .anyMatch(line -> line.matches("\\+ com.acme.(Cart|Tax) and 1 more were rolled back; what their files"
                        + " hold now stays out until they change"));

        shop.stamp(home.resolve("com/acme/Tax.class"));
        app.applies(0, 0);
        assertThat(rate(loader)).as("another time, the same bytes").isEqualTo(1);

        shop.write(Shop.cart(3, 3));
        app.applies(2, 0);
        assertThat(rate(loader)).isEqualTo(3);
        app.said.clear();
        app.applies(0, 0);
        assertThat(app.said).noneMatch(line -> line.contains("rolled back"));
    }

    @Test
    void aFileThatIsPutBackByHandIsNoChange() throws Exception {
        reloaded(2);
        app.rollBack();
        shop.write(Shop.cart(1, 1));
        app.applies(0, 0);
        app.said.clear();
        app.applies(0, 0);
        assertThat(app.said).noneMatch(line -> line.contains("rolled back"));
    }

    @Test
    void eachFurtherRollbackGoesOneReloadFurtherBack() throws Exception {
        URLClassLoader loader = reloaded(5);
        for (int version = 4; version >= 2; version--) {
            assertThat(app.rollBack()).isEqualTo(new TakeUp.Applied(2, 0, true));
            assertThat(rate(loader)).isEqualTo(version);
        }
        assertThat(app.rollBack()).as("three are kept").isInstanceOf(TakeUp.Refused.class);
        assertThat(rate(loader)).isEqualTo(2);
        app.applies(0, 0);
        assertThat(rate(loader)).isEqualTo(2);
    }

    @Test
    void withoutAReloadThereIsNothingToRollBack() throws Exception {
        shop.write(Shop.cart(1, 1));
        rate(app.loader(home));
        app.applies(0, 0);
        assertThat(app.rollBack())
                .isEqualTo(
                        new TakeUp.Refused(List.of("there is no reload to roll back: either none has changed a class,"
                                + " or it is not kept; raise rollbacks= to keep more")));
    }

    @Test
    void aClassOfAJarThatIsNotLoadedYetComesAsItWas() throws Exception {
        Path jar = home.resolve("shop.jar");
        Sources.jar(jar, Shop.cart(1, 1));
        URLClassLoader loader = app.loader(jar);
        Application.call(loader, "Cart", "total");
        app.applies(0, 0);
        Sources.jar(jar, Shop.cart(2, 2));
        app.applies(1, 1);
        assertThat(app.rollBack()).isEqualTo(new TakeUp.Applied(1, 1, true));
        assertThat(rate(loader)).isEqualTo(1);
        app.applies(0, 0);
        assertThat(rate(loader)).isEqualTo(1);

        Sources.jar(jar, Shop.cart(3, 2));
        app.applies(1, 0);
        assertThat(rate(loader)).as("its own bytes in the jar have not changed").isEqualTo(1);
        assertThat(Application.call(loader, "Cart", "total")).isEqualTo(3);
    }

    @Test
    void aClassOfAJarThatWasLoadedMeanwhileGoesBackToWhatItsFileHeld() throws Exception {
        Path jar = home.resolve("shop.jar");
        Sources.jar(jar, Shop.cart(1, 1));
        URLClassLoader loader = app.loader(jar);
        Application.call(loader, "Cart", "total");
        app.applies(0, 0);
        Sources.jar(jar, Shop.cart(2, 2));
        app.applies(1, 1);
        assertThat(rate(loader)).isEqualTo(2);
        assertThat(app.rollBack()).isEqualTo(new TakeUp.Applied(2, 0, true));
        assertThat(rate(loader)).isEqualTo(1);
        app.applies(0, 0);
        assertThat(rate(loader)).isEqualTo(1);
    }

    @Test
    void inTheMiddleOfARollThreadsTurnBackWithoutANewByteAndThenTheOldCodeIsAloneAgain() throws Exception {
        shop.write(Shop.cart(1, 1));
        URLClassLoader loader = app.loader(home);
        rate(loader);
        shop.write(Shop.cart(2, 2));
        assertThat(app.code.takeUp()).isEqualTo(new TakeUp.Applied(2, 0));
        assertThat(rate(loader)).as("made before").isEqualTo(1);
        assertThat(elsewhere(loader)).as("made after").isEqualTo(2);

        assertThat(app.code.rollBack()).isEqualTo(new TakeUp.Applied(2, 0, true));
        assertThat(app.code.unsettled()).isTrue();
        assertThat(elsewhere(loader)).as("made after the rollback").isEqualTo(1);
        assertThat(app.code.rollBack()).as("again").isInstanceOf(TakeUp.Refused.class);
        assertThat(app.code.keep(List.of())).isZero();
        app.code.settle();
        assertThat(app.code.unsettled()).isFalse();
        assertThat(ReloaderVersions.get()).isSameAs(ReloaderVersions.NONE);
        assertThat(rate(loader)).isEqualTo(1);
        assertThat(elsewhere(loader)).isEqualTo(1);

        app.applies(0, 0);
        assertThat(rate(loader)).isEqualTo(1);
        shop.write(Shop.cart(3, 3));
        app.applies(2, 0);
        assertThat(rate(loader)).isEqualTo(3);
    }

    @Test
    void classesThatWereNewStayAndAreTakenUpAgainWhenTheyAreDeployedAnew() throws Exception {
        Path jar = home.resolve("shop.jar");
        String cart = "public class Cart { public static int rate() { return %s; } }";
        String extra = "class Extra { static int rate() { return %d; } }";
        Sources.jar(jar, Sources.compile(cart.formatted("1")));
        URLClassLoader loader = app.loader(jar);
        rate(loader);
        app.applies(0, 0);
        Sources.jar(jar, Sources.compile(cart.formatted("Extra.rate()") + extra.formatted(2)));
        app.applies(1, 0);
        assertThat(rate(loader)).isEqualTo(2);
        app.rollBack();
        assertThat(rate(loader)).isEqualTo(1);
        assertThat(app.said).contains("+ 1 class that was new stays defined; nothing that is put back needs it");

        Sources.jar(jar, Sources.compile(cart.formatted("Extra.rate() + 1") + extra.formatted(3)));
        app.applies(2, 0);
        assertThat(rate(loader)).isEqualTo(4);
    }

    private URLClassLoader reloaded(int versions) throws Exception {
        shop.write(Shop.cart(1, 1));
        URLClassLoader loader = app.loader(home);
        rate(loader);
        for (int version = 2; version <= versions; version++) {
            shop.write(Shop.cart(version, version));
            app.applies(2, 0);
        }
        assertThat(rate(loader)).isEqualTo(versions);
        return loader;
    }

    private static @Nullable Object rate(ClassLoader loader) throws Exception {
        return Application.call(loader, "Cart", "rate");
    }

    private static @Nullable Object elsewhere(ClassLoader loader) throws Exception {
        Object[] answer = new Object[1];
        Thread thread = new Thread(() -> {
            try {
                answer[0] = rate(loader);
            } catch (Exception e) {
                answer[0] = e;
            }
        });
        thread.start();
        thread.join();
        return answer[0];
    }
}
