// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.reloader.control.Findings;
import io.reloader.control.Findings.Verdict;
import io.reloader.control.TakeUp;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckTest {
    private static final String CONFIG = "class Config { static final int LIMIT = %d; }";

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
    void aCheckTellsTwiceTheSameAndChangesNothingAndTheReloadDoesWhatItTold() throws Exception {
        shop.write(Shop.cart(1, 10));
        URLClassLoader loader = app.loader(home);
        Application.call(loader, "Cart", "rate");
        shop.write(Shop.cart(2, 20));

        Findings first = app.code.check();
        Findings second = app.code.check();

        assertThat(first.faults()).isEmpty();
        assertThat(verdicts(first)).isEqualTo(Map.of("com.acme.Cart", Verdict.BODY, "com.acme.Tax", Verdict.BODY));
        assertThat(first.classes().get(0).reasons()).containsExactly("com.acme.Cart.total() changed");
        assertThat(first.classes().get(0).file()).isEqualTo(home.resolve("com/acme/Cart.class") + "");
        assertThat(second).isEqualTo(first);
        assertThat(Application.call(loader, "Cart", "rate")).isEqualTo(10);
        app.applies(2, 0);
        assertThat(Application.call(loader, "Cart", "rate")).isEqualTo(20);
        assertThat(app.code.check().classes()).isEmpty();
    }

    @Test
    void eachKindOfClassHasAVerdictOfItsOwn() throws Exception {
        Path jar = home.resolve("shop.jar");
        String late = "class Late { static int number() { return %d; } }";
        Sources.jar(
                jar,
                Sources.compile(CONFIG.formatted(1) + late.formatted(1) + "class Cart { static int all() {"
                        + " return Config.class.hashCode() + (Same.class.hashCode() & 0); } } class Same { }"));
        URLClassLoader loader = app.loader(jar);
        Application.call(loader, "Cart", "all");
        app.code.remember();
        Map<String, byte[]> next = new HashMap<>(Sources.compile(
                CONFIG.formatted(2) + late.formatted(2) + "class Cart { static int all() { return Fresh.all(); } }"
                        + " class Same { } class Fresh { static int all() { return Late.number(); } }"));
        next.compute("com/acme/Same", (name, bytes) -> Mutations.laidOutAnew(bytes));
        Sources.jar(jar, next);

        Findings found = app.code.check();

        assertThat(found.faults()).isEmpty();
        assertThat(verdicts(found))
                .containsEntry("com.acme.Cart", Verdict.BODY)
                .containsEntry("com.acme.Config", Verdict.STALE)
                .containsEntry("com.acme.Same", Verdict.SAME)
                .containsEntry("com.acme.Late", Verdict.PENDING)
                .containsEntry("com.acme.Fresh", Verdict.NEW);
        app.applies(2, 1);
        assertThat(Application.call(loader, "Cart", "all")).isEqualTo(2);
    }

    @Test
    void everyFaultOfEveryKindIsListedAndTheReloadListsTheSame() throws Exception {
        String shape = "class Shape { static int more() { return %s; } }";
        String all = "public class Cart { static int rate() { return Tax.rate() + Broken.rate() + Shape.more()"
                + " + Link.more() + Good.rate(); } } class Tax { static int rate() { return %1$d; } }"
                + " class Broken { static int rate() { return %1$d; } } class Good { static int rate() { return %1$d; } }"
                + " class Link { static int more() { return %1$d; } }";
        shop.write(Sources.compile(all.formatted(1) + shape.formatted("1")));
        Application.call(app.loader(home), "Cart", "rate");
        Map<String, byte[]> next = new HashMap<>(
                Sources.compile(all.formatted(20).replace("return 20; }", "return 20 + (Gone.class == null ? 1 : 0); }")
                        + "class Gone { } " + shape.formatted("2").replace("static", "int added; static")));
        next.remove("com/acme/Gone");
        next.put("com/acme/Tax", Mutations.unverifiable(Sources.of(Shop.cart(2, 20), "Tax"), 20));
        byte[] broken = Sources.of(next, "Broken");
        next.put("com/acme/Broken", Arrays.copyOf(broken, broken.length - 9));
        next.put(
                "com/acme/Good", Sources.of(Sources.compile("class Good { static int rate() { return 3; } }"), "Good"));
        shop.write(next);

        Findings found = app.code.check();

        assertThat(verdicts(found))
                .isEqualTo(Map.of(
                        "com.acme.Tax",
                        Verdict.BROKEN,
                        "com.acme.Broken",
                        Verdict.BROKEN,
                        "com.acme.Link",
                        Verdict.BROKEN,
                        "com.acme.Shape",
                        Verdict.RESTART,
                        "com.acme.Good",
                        Verdict.BODY));
        assertThat(found.faults())
                .hasSize(4)
                .anyMatch(line -> line.startsWith("com.acme.Tax does not pass the bytecode verifier"))
                .anyMatch(line -> line.contains("Broken.class is truncated"))
                .anyMatch(line -> line.startsWith("com.acme.Link.more() refers to com.acme.Gone, which does not exist"))
                .anyMatch(line -> line.startsWith("com.acme.Shape.added was added"));
        assertThat(app.code.takeUp()).isEqualTo(new TakeUp.Refused(found.faults()));
    }

    private static Map<String, Verdict> verdicts(Findings findings) {
        Map<String, Verdict> verdicts = new HashMap<>();
        findings.classes().forEach(each -> verdicts.put(each.type(), each.verdict()));
        return verdicts;
    }
}
