// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Libraries whose file names have their version in them. */
class RenamedJarTest {
    @TempDir
    private Path home;

    @AutoClose
    private final Application app = new Application();

    @Test
    void aJarOfAnotherVersionTakesThePlaceOfOneThatIsGone() throws Exception {
        URLClassLoader loader = loaded("shop-1.0.jar");
        Sources.jar(home.resolve("shop-api-1.1.jar"), Sources.compile("class Other {}"));
        upgrade("shop-1.0.jar", "shop-1.1-SNAPSHOT.jar", 2);

        app.applies(1, 1);

        assertThat(Application.call(loader, "Cart", "total")).isEqualTo(2);
        assertThat(Application.call(loader, "Cart", "rate")).isEqualTo(20);
        String said =
                "+ " + home.resolve("shop-1.0.jar") + " is gone; its classes come from shop-1.1-SNAPSHOT.jar beside it";
        assertThat(notes()).containsExactly(said);

        app.applies(0, 0);
        upgrade("shop-1.1-SNAPSHOT.jar", "shop-2.jar", 3);
        app.applies(2, 0);
        assertThat(Application.call(loader, "Cart", "rate")).isEqualTo(30);
        assertThat(notes()).hasSize(2);

        Sources.jar(home.resolve("shop-2.jar"), Shop.cart(4, 40));
        app.applies(2, 0);
        assertThat(Application.call(loader, "Cart", "rate")).isEqualTo(40);
        assertThat(notes()).hasSize(2);
    }

    @Test
    void betweenTwoSuccessorsNoneIsChosenAndTheLineNamesBoth() throws Exception {
        URLClassLoader loader = loaded("shop-1.0.jar");
        Sources.jar(home.resolve("shop-1.2.jar"), Shop.cart(3, 30));
        upgrade("shop-1.0.jar", "shop-1.1.jar", 2);

        app.applies(0, 0);
        app.applies(0, 0);

        assertThat(Application.call(loader, "Cart", "total")).isEqualTo(1);
        assertThat(notes())
                .containsExactly("+ " + home.resolve("shop-1.0.jar") + " is gone, and shop-1.1.jar, shop-1.2.jar beside"
                        + " it all have its classes; its loaded class stays as it is; leave one of them, or restart");

        Files.delete(home.resolve("shop-1.1.jar"));
        app.applies(1, 1);
        assertThat(Application.call(loader, "Cart", "total")).isEqualTo(3);
    }

    @Test
    void withoutASuccessorTheClassesStayAndTheLineSaysWhatToDo() throws Exception {
        URLClassLoader loader = loaded("shop-1.0.jar");
        Sources.jar(home.resolve("store-1.1.jar"), Shop.cart(2, 20));
        Files.delete(home.resolve("shop-1.0.jar"));
        assertThat(app.code.check().notes())
                .anyMatch(line -> line.startsWith(home.resolve("shop-1.0.jar") + " is gone; "));

        app.applies(0, 0);

        assertThat(Application.call(loader, "Cart", "total")).isEqualTo(1);
        assertThat(notes())
                .containsExactly("+ " + home.resolve("shop-1.0.jar") + " is gone; its loaded class stays as it is;"
                        + " deploy its successor beside it, or restart");
    }

    @Test
    void aSuccessorThatIsOnlyHalfThereIsRefused() throws Exception {
        URLClassLoader loader = loaded("shop-1.0.jar");
        Files.delete(home.resolve("shop-1.0.jar"));
        Files.write(home.resolve("shop-1.1.jar"), new byte[100]);

        assertThat(app.refuses())
                .containsExactly(home.resolve("shop-1.1.jar")
                        + " is not a readable jar (it has no central directory); build and deploy it again");

        Sources.jar(home.resolve("shop-1.1.jar"), Shop.cart(2, 20));
        app.applies(1, 1);
        assertThat(Application.call(loader, "Cart", "total")).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "guava-33.1.0-jre.jar, guava",
        "log4j-1.2-api-2.17.jar, log4j",
        "a-1.0-20240101.120000-3.jar, a",
        "spring-core.jar, spring-core",
        "h2-2.jar, h2"
    })
    void theVersionBeginsWithADigitBehindAHyphen(String file, String artifact) {
        assertThat(Successors.artifact(file)).isEqualTo(artifact);
    }

    /** Of two classes the one is loaded. */
    private URLClassLoader loaded(String name) throws Exception {
        Sources.jar(home.resolve(name), Shop.cart(1, 10));
        URLClassLoader loader = app.loader(home.resolve(name));
        assertThat(Application.call(loader, "Cart", "total")).isEqualTo(1);
        app.code.remember();
        return loader;
    }

    private void upgrade(String from, String to, int version) throws Exception {
        Files.delete(home.resolve(from));
        Sources.jar(home.resolve(to), Shop.cart(version, 10 * version));
    }

    /** Other tests' jars are gone, too. */
    private List<String> notes() {
        return app.said.stream()
                .filter(line -> line.startsWith("+ " + home) && line.contains(" is gone"))
                .toList();
    }
}
