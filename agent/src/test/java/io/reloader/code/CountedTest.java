// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.reloader.control.TakeUp;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Anonymous classes that are numbered anew, in directories and in jars: true for the latter. */
class CountedTest {
    private static final String ONE =
            "static Object one() { return new Object() { public String toString() {" + " return \"%s\"; } }; }";
    private static final String TWO =
            "static Object two() { return new Object() { public String toString() {" + " return \"%s\"; } }; }";
    private static final String NO_ONE = "static Object one() { return null; }";
    private static final String NONE =
            "static Object none() { return new Object() { public String toString() {" + " return \"0\"; } }; }";
    private static final String NO_NONE = "static Object none() { return null; }";
    private static final String KEPT = "static Object kept; static Object keep() { return kept = two(); }"
            + " static Object show() { return \"\" + kept + two(); }";

    @TempDir
    private Path home;

    private Shop shop;
    private Path place;

    @AutoClose
    private final Application app = Application.structural();

    @BeforeEach
    void open() {
        shop = new Shop(home);
        place = home;
    }

    private URLClassLoader start(boolean jar, String source) throws Exception {
        place = jar ? home.resolve("shop.jar") : home;
        put(source);
        URLClassLoader loader = app.loader(place);
        Application.call(loader, "Cart", "keep");
        app.code.remember();
        return loader;
    }

    private void put(String source) throws Exception {
        Map<String, byte[]> classes = Sources.compile("public class Cart { " + source + " " + KEPT + " }");
        if (place.equals(home)) {
            shop.write(classes);
        } else {
            Sources.jar(place, classes);
        }
    }

    private void takesUp(String source) throws Exception {
        put(source);
        assertThat(app.reload()).as("%s", app.said).isInstanceOf(TakeUp.Applied.class);
        assertThat(app.reload()).as("nothing is left").isEqualTo(new TakeUp.Applied(0, 0));
    }

    private static Object show(URLClassLoader loader, String method) throws Exception {
        return String.valueOf(Application.call(loader, "Cart", method));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLaterChangeOfTheFileIsOneOfTheClassThatHasAnotherNumber(boolean jar) throws Exception {
        URLClassLoader loader = start(jar, NO_ONE + TWO.formatted("2"));
        takesUp(ONE.formatted("1") + TWO.formatted("2"));
        assertThat(show(loader, "show")).isEqualTo("22");
        assertThat(show(loader, "one")).isEqualTo("1");
        takesUp(ONE.formatted("1") + TWO.formatted("2!"));
        assertThat(show(loader, "show")).isEqualTo("2!2!");
        assertThat(show(loader, "one")).isEqualTo("1");
        takesUp(ONE.formatted("1!") + TWO.formatted("2!"));
        assertThat(show(loader, "show")).isEqualTo("2!2!");
        assertThat(show(loader, "one")).isEqualTo("1!");
        takesUp(NO_ONE + TWO.formatted("2?"));
        assertThat(show(loader, "show")).isEqualTo("2?2?");
        takesUp(TWO.formatted("2!") + ONE.formatted("1"));
        assertThat(show(loader, "show")).isEqualTo("2!2!");
        assertThat(show(loader, "one")).isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRollbackPutsBackWhatWasThereUnderEachName(boolean jar) throws Exception {
        URLClassLoader loader = start(jar, NO_ONE + TWO.formatted("2"));
        takesUp(ONE.formatted("1") + TWO.formatted("2!"));
        assertThat(show(loader, "show")).isEqualTo("2!2!");
        assertThat(app.rollBack()).as("%s", app.said).isInstanceOf(TakeUp.Applied.class);
        assertThat(show(loader, "show")).isEqualTo("22");
        assertThat(app.reload()).isEqualTo(new TakeUp.Applied(0, 0));
        takesUp(ONE.formatted("1") + TWO.formatted("3"));
        assertThat(show(loader, "show")).isEqualTo("33");
        assertThat(show(loader, "one")).isEqualTo("1");
        assertThat(app.rollBack()).as("%s", app.said).isInstanceOf(TakeUp.Applied.class);
        assertThat(show(loader, "show")).isEqualTo("22");
        takesUp(NO_ONE + TWO.formatted("2"));
        assertThat(show(loader, "show")).isEqualTo("22");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCheckAndARefusalLeaveNoTrace(boolean jar) throws Exception {
        URLClassLoader loader = start(jar, NO_ONE + TWO.formatted("2"));
        put(ONE.formatted("1") + TWO.formatted("2") + " class More extends Thread { }");
        assertThat(app.code.check().faults()).isEmpty();
        put(ONE.formatted("1!") + TWO.formatted("2") + " native void added();");
        assertThat(app.refuses()).singleElement().asString().contains("added");
        assertThat(show(loader, "show")).isEqualTo("22");
        takesUp(ONE.formatted("1?") + TWO.formatted("2"));
        assertThat(show(loader, "one")).isEqualTo("1?");
        Object type = Application.call(loader, "Cart", "one");
        assertThat(String.valueOf(type == null ? null : type.getClass().getName()))
                .isEqualTo("com.acme.Cart$1_r2");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aThreadOfTheOldVersionLoadsTheClassThatItsCodeMeans(boolean jar) throws Exception {
        URLClassLoader loader = start(jar, NO_NONE + ONE.formatted("1") + TWO.formatted("2"));
        put(NONE + ONE.formatted("1") + TWO.formatted("2"));
        assertThat(app.code.takeUp()).as("%s", app.said).isInstanceOf(TakeUp.Applied.class);
        assertThat(show(loader, "none")).isEqualTo("null");
        assertThat(show(loader, "one")).isEqualTo("1");
        assertThat(show(loader, "show")).isEqualTo("22");
        app.code.settle();
        assertThat(show(loader, "none")).isEqualTo("0");
        assertThat(show(loader, "one")).isEqualTo("1");
        assertThat(show(loader, "show")).isEqualTo("22");
        takesUp(NONE + ONE.formatted("1!") + TWO.formatted("2"));
        assertThat(show(loader, "one")).isEqualTo("1!");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void oneThatIsNotLoadedYetComesAsItsFileSays(boolean jar) throws Exception {
        URLClassLoader loader = start(jar, NO_NONE + ONE.formatted("1") + TWO.formatted("2"));
        takesUp(NONE + ONE.formatted("1!") + TWO.formatted("2"));
        assertThat(show(loader, "show")).isEqualTo("22");
        assertThat(show(loader, "one")).isEqualTo("1!");
        assertThat(show(loader, "none")).isEqualTo("0");
        takesUp(NO_NONE + ONE.formatted("1") + TWO.formatted("2"));
        assertThat(show(loader, "show")).isEqualTo("22");
        assertThat(show(loader, "one")).isEqualTo("1");
    }
}
