// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.reloader.control.TakeUp;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Anonymous and local classes that chance adds, removes, changes and puts in another order. More with
 * {@code -Dcounted.programs=N}; others with {@code -Dcounted.seed=N}.
 */
class CountedRandomTest {
    private static final long SEED = Long.getLong("counted.seed", 1);
    private static final int PROGRAMS = Integer.getInteger("counted.programs", 12);
    private static final int VERSIONS = 5;
    private static final int MOST = 7;

    @TempDir
    private Path home;

    /** By the name of the method that makes its objects: which form of it the source has. */
    private record Program(List<String> order, Map<String, Integer> forms) {
        static Program first(Random random) {
            return new Program(List.of(), Map.of()).next(random).next(random).next(random);
        }

        Program next(Random random) {
            List<String> next = new ArrayList<>(order);
            Map<String, Integer> now = new TreeMap<>(forms);
            for (int i = 0; i < 2; i++) {
                String one = "m" + random.nextInt(MOST);
                switch (random.nextInt(4)) {
                    case 0 -> {
                        next.remove(one);
                        now.remove(one);
                    }
                    case 1 -> Collections.shuffle(next, random);
                    default -> {
                        if (now.merge(one, 1, Integer::sum) == 1) {
                            now.put(one, 1 + random.nextInt(100) * 10);
                            next.add(random.nextInt(next.size() + 1), one);
                        }
                    }
                }
            }
            return new Program(next, now);
        }

        String source() {
            StringBuilder text = new StringBuilder("public class Cart { static int made;");
            for (String each : order) {
                text.append(method(each, "\"" + says(each) + "\""));
            }
            text.append("static Object make(String n) { switch (n) {");
            order.forEach(each -> text.append("case \"" + each + "\": return " + each + "(made++);"));
            return text.append("default: return null; } } }").toString();
        }

        private String says(String name) {
            return name + ":" + forms.get(name);
        }

        /** Of four kinds. */
        private static String method(String name, String says) {
            String body = "public Object get() { return " + says + "; }";
            String type = "java.util.function.Supplier<Object>";
            return switch ((name.charAt(1) - '0') % 4) {
                case 0 -> "static Object " + name + "(int i) { return new " + type + "() { " + body + " }; }";
                case 1 ->
                    "static Object " + name + "(int i) { class L implements " + type + " { " + body
                            + " } return new L(); }";
                case 2 ->
                    "static Object " + name + "(int i) { return new " + type + "() { public Object get() { return new "
                            + type + "() { " + body + " }.get(); } }; }";
                default ->
                    "static Object " + name + "(int i) { " + type + " s = () -> new " + type + "() { int k = i; " + body
                            + " }; return s.get(); }";
            };
        }
    }

    @Test
    void anObjectNeverRunsTheCodeOfAnother() throws Exception {
        for (long seed = SEED; seed < SEED + PROGRAMS; seed++) {
            run(seed);
        }
    }

    private void run(long seed) throws Exception {
        Random random = new Random(seed);
        Program program = Program.first(random);
        Path place = Files.createTempDirectory(home, "program");
        boolean jar = random.nextBoolean();
        Shop shop = new Shop(place);
        try (Application app = Application.structural()) {
            put(shop, place, jar, program);
            URLClassLoader loader = app.loader(jar ? place.resolve("shop.jar") : place);
            app.code.remember();
            List<Map.Entry<String, Supplier<?>>> kept =
                    new ArrayList<>(made(loader, program).entrySet());
            Map<Object, Object> said = new HashMap<>();
            kept.forEach(each -> said.put(each.getValue(), each.getValue().get()));
            for (int version = 2; version <= VERSIONS; version++) {
                String before = program.source();
                program = program.next(random);
                put(shop, place, jar, program);
                TakeUp ended = app.reload();
                String at = "seed " + seed + ", version " + version + ": " + before + "\n -> " + program.source();
                assertThat(ended).as("%s\n%s", at, app.said).isInstanceOf(TakeUp.Applied.class);
                Map<String, Supplier<?>> made = made(loader, program);
                for (Map.Entry<String, Supplier<?>> each : made.entrySet()) {
                    assertThat(each.getValue().get()).as(at).isEqualTo(program.says(each.getKey()));
                }
                for (Map.Entry<String, Supplier<?>> each : kept) {
                    Object now = each.getValue().get();
                    Object old = said.put(each.getValue(), now);
                    assertThat(now)
                            .as("%s of %s", at, each.getKey())
                            .isIn(old, program.forms.containsKey(each.getKey()) ? program.says(each.getKey()) : old);
                }
                kept.addAll(made.entrySet());
                made.values().forEach(each -> said.put(each, each.get()));
            }
        }
        // The next program's reloads do not look at this one.
        try (Stream<Path> files = Files.walk(place)) {
            for (Path each : files.filter(Files::isRegularFile).toList()) {
                Files.delete(each);
            }
        }
    }

    /** Not of all: some classes are not loaded. */
    private static Map<String, Supplier<?>> made(URLClassLoader loader, Program program) throws Exception {
        Map<String, Supplier<?>> made = new TreeMap<>();
        var make = Class.forName("com.acme.Cart", true, loader).getDeclaredMethod("make", String.class);
        make.setAccessible(true);
        for (String each : program.order) {
            if (made.size() < 3 || program.says(each).hashCode() % 2 == 0) {
                made.put(each, (Supplier<?>) make.invoke(null, each));
            }
        }
        return made;
    }

    private static void put(Shop shop, Path place, boolean jar, Program program) throws Exception {
        Map<String, byte[]> classes = Sources.compile(program.source());
        if (jar) {
            Sources.jar(place.resolve("shop.jar"), classes);
        } else {
            shop.write(classes);
        }
    }
}
