// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import net.bytebuddy.ByteBuddy;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classes that were loaded before the agent: HotSpot says what they are, and leaves things out. */
class OmissionsTest {
    private static final int CLASSES = 600;

    private static final String SOURCE = """
            import java.lang.annotation.*;
            @Retention(RetentionPolicy.CLASS) @interface Quiet {}
            @Retention(RetentionPolicy.RUNTIME) @Target(ElementType.TYPE_USE) @interface Typed {}
            @Quiet
            @Deprecated
            public class Cart {
                @Quiet @Deprecated int items = 1;
                final int limit = 12;
                @Quiet @Deprecated int add(@Quiet int more, final String why) {
                    @Typed Object held = (@Typed Object) why;
                    try { return items + more + held.hashCode(); } catch (@Typed RuntimeException e) { return %d; }
                }
                public int total() { return new Object() { int one() { return add(1, "") - 1; } }.one(); }
            }
            """;

    @TempDir
    private Path home;

    @AutoClose
    private final Application app = new Application();

    @Test
    void whatHotSpotLeavesOutIsNoChange() throws Exception {
        Map<String, byte[]> classes = Sources.compile(SOURCE.formatted(1), "-parameters");
        Class<?>[] types = loaded(classes);

        for (Class<?> type : types) {
            byte[] file = Sources.of(classes, type.getSimpleName().isEmpty() ? "Cart$1" : "Cart");
            assertThat(ClassDiff.between(live(type), file)).as("%s", type).isEmpty();
        }
    }

    @Test
    void aChangeBesideItIsFoundAlone() throws Exception {
        Class<?> cart = loaded(Sources.compile(SOURCE.formatted(1), "-parameters"))[0];
        byte[] next = Sources.of(Sources.compile(SOURCE.formatted(2), "-parameters"), "Cart");

        assertThat(ClassDiff.between(live(cart), next))
                .containsExactly(new Difference.Body("com/acme/Cart", "com.acme.Cart.add(int, java.lang.String)"));
    }

    @Test
    void everyClassOfALibraryIsWhatItsFileSays() throws Exception {
        Path library = Path.of(ByteBuddy.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Map<String, byte[]> files = new TreeMap<>();
        List<Class<?>> types = new ArrayList<>();
        ClassLoader loader = app.loader(library);
        try (JarFile jar = new JarFile(library.toFile())) {
            for (JarEntry entry :
                    jar.stream().filter(OmissionsTest::counts).limit(CLASSES).toList()) {
                String name = entry.getName().replace(".class", "").replace('/', '.');
                types.add(Class.forName(name, false, loader));
                files.put(name, jar.getInputStream(entry).readAllBytes());
            }
        }
        Capture capture = capture(types.toArray(Class<?>[]::new));

        assertThat(types).hasSize(CLASSES);
        for (Class<?> type : types) {
            byte[] live = Objects.requireNonNull(capture.of(type));
            assertThat(ClassDiff.between(live, Objects.requireNonNull(files.get(type.getName()))))
                    .as("%s", type)
                    .isEmpty();
        }
    }

    private static boolean counts(JarEntry entry) {
        return entry.getName().matches("net/bytebuddy/(implementation|dynamic|pool|asm)/.*[.]class");
    }

    private Class<?>[] loaded(Map<String, byte[]> classes) throws Exception {
        Sources.directory(home, classes);
        ClassLoader loader = app.loader(home);
        app.instrumentation.removeTransformer(app.live);
        Class<?> cart = loader.loadClass("com.acme.Cart");
        Class<?> inner = loader.loadClass("com.acme.Cart$1");
        app.instrumentation.addTransformer(app.live, true);
        return new Class<?>[] {cart, inner};
    }

    private byte[] live(Class<?> type) {
        return Objects.requireNonNull(capture(type).of(type));
    }

    private Capture capture(Class<?>... types) {
        Capture capture = new Capture();
        assertThat(new Rehearsal(app.instrumentation, app.live).run(types, capture))
                .isEmpty();
        return capture;
    }
}
