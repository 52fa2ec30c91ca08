// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerificationTest {
    private static final String CART = "public class Cart { public static int total() { return %d; } }";

    @TempDir
    private Path home;

    @AutoClose
    private final Application app = new Application();

    @Test
    void aClassToComeThatNoVerifierWouldTakeRefusesTheReload() throws Exception {
        String tax = "class Tax { static int rate() { return 20; } }";
        URLClassLoader loader = deployed(CART.formatted(1) + tax);
        Map<String, byte[]> next = new HashMap<>(Sources.compile(CART.formatted(2) + tax + "class Other { }"));
        next.put("com/acme/Tax", Mutations.unverifiable(Sources.of(next, "Tax"), 20));
        Sources.jar(home.resolve("shop.jar"), next);

        assertThat(app.refuses())
                .singleElement()
                .asString()
                .startsWith("com.acme.Tax.rate() does not pass the bytecode verifier (")
                .endsWith("; build it against what is running here");
        assertThat(Application.call(loader, "Cart", "total")).isEqualTo(1);
    }

    @Test
    void aClassToComeThatTakesAnotherForWhatItNoLongerIsRefusesTheReload() throws Exception {
        String use = "class Use { static String say(Levy levy) { return Tax.name(levy); } }"
                + " class Tax { static String name(Tax tax) { return \"\" + tax; } }";
        URLClassLoader loader = deployed(CART.formatted(1) + use + "class Levy extends Tax { }");
        Map<String, byte[]> next =
                new HashMap<>(Sources.compile(CART.formatted(2) + use + "class Levy extends Tax { }"));
        next.put("com/acme/Levy", Sources.of(Sources.compile("class Levy { }"), "Levy"));
        next.put("com/acme/Use", Mutations.laidOutAnew(Sources.of(next, "Use")));
        Sources.jar(home.resolve("shop.jar"), next);

        assertThat(app.refuses())
                .singleElement()
                .asString()
                .startsWith("com.acme.Use.say(com.acme.Levy) does not pass the bytecode verifier (")
                .contains("com/acme/Levy");
        assertThat(Application.call(loader, "Cart", "total")).isEqualTo(1);
    }

    @Test
    void codeThatWasNoBetterBeforeIsNoFault() throws Exception {
        String tax = "class Tax { static int rate() { return 20; } static int more() { return %d; } }";
        Path jar = home.resolve("shop.jar");
        Map<String, byte[]> first = new HashMap<>(Sources.compile(CART.formatted(1) + tax.formatted(1)));
        first.put("com/acme/Tax", Mutations.unverifiable(Sources.of(first, "Tax"), 20));
        Sources.jar(jar, first);
        ClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader()) {
            @Override
            public @Nullable InputStream getResourceAsStream(String name) {
                byte[] old = first.get(name.replace(".class", ""));
                return old == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(old);
            }
        };
        Application.call(loader, "Cart", "total");
        app.code.remember();
        Map<String, byte[]> next = new HashMap<>(Sources.compile(CART.formatted(2) + tax.formatted(2)));
        next.put("com/acme/Tax", Mutations.unverifiable(Sources.of(next, "Tax"), 20));
        Sources.jar(jar, next);

        app.applies(1, 1);

        assertThat(Application.call(loader, "Cart", "total")).isEqualTo(2);
    }

    /** All of them run every day; a refusal of any would be a false one. */
    @Test
    void nothingIsFoundInTheseLibraries() throws Exception {
        ClassLoader loader = VerificationTest.class.getClassLoader();
        LoaderTable table = app.live.tables().of(loader);
        Path bundle = Path.of("target/bundle");
        Location location = Objects.requireNonNull(table.location(bundle.toUri().toURL()));
        List<Change> changes = new ArrayList<>();
        try (Stream<Path> files = Files.walk(bundle)) {
            for (Path file : files.filter(
                            each -> each.toString().matches(".*/(asm|jnr|picocli|dynamic)/.*[a-zA-Z0-9]\\.class"))
                    .toList()) {
                String name = bundle.relativize(file).toString().replace(".class", "");
                Candidate of = new Candidate(table, name, location, null, null);
                changes.add(new Change(of, Files.readAllBytes(file), null));
            }
        }
        // To a reload that changes them all, any of their types may matter.
        LinkCheck.Batch all = new LinkCheck.Batch(changes, Set.of(), of -> null, false);
        World world = new World(app.instrumentation, app.live.tables(), all);
        Map<String, String> faults = new HashMap<>();
        for (Change each : changes) {
            Shape shape = Shape.of(each.bytes(), new Shape.Origin(loader, null, true));
            faults.putAll(Verification.faults(each.bytes(), new Linkage(world, loader, shape, null)));
        }
        assertThat(faults).isEmpty();
        assertThat(changes).hasSizeGreaterThan(1000);
    }

    private URLClassLoader deployed(String source) throws Exception {
        Path jar = home.resolve("shop.jar");
        Sources.jar(jar, Sources.compile(source));
        URLClassLoader loader = app.loader(jar);
        Application.call(loader, "Cart", "total");
        app.code.remember();
        return loader;
    }
}
