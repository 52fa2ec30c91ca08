// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.reloader.control.TakeUp;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.instrument.ClassFileTransformer;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.ProtectionDomain;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassTakeUpTest {
    private static final String CART =
            "public class Cart { public static int total() { return %d; } public static int rate() { return Tax.rate(); } }"
                    + " class Tax { static int rate() { return %d; } }";

    @TempDir
    private Path home;

    private final Application app = new Application();
    private int writes;

    @AfterEach
    void end() {
        app.close();
    }

    private static Map<String, byte[]> cart(int total, int rate) {
        return Sources.compile(CART.formatted(total, rate));
    }

    /** Writes class files as a build does, with a time of modification of their own. */
    private void write(Map<String, byte[]> classes) throws IOException {
        Sources.directory(home, classes);
        writes++;
        for (String name : classes.keySet()) {
            stamp(home.resolve(name + ".class"));
        }
    }

    private void stamp(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis() - 60_000 + writes));
    }

    @Test
    void changedClassesOfADirectoryRunTheirNewBodies() throws Exception {
        write(cart(1, 10));
        URLClassLoader loader = app.loader(home);
        assertThat(Application.call(loader, "Cart", "rate")).isEqualTo(10);
        write(cart(2, 20));

        app.applies(2, 0);

        assertThat(Application.call(loader, "Cart", "total")).isEqualTo(2);
        assertThat(Application.call(loader, "Cart", "rate")).isEqualTo(20);
        app.applies(0, 0);
    }

    @Test
    void nothingChangedIsNoClassAndNoWord() throws Exception {
        write(cart(1, 10));
        Application.call(app.loader(home), "Cart", "rate");
        writes++;
        stamp(home.resolve("com/acme/Cart.class"));

        app.applies(0, 0);

        assertThat(app.said).noneMatch(line -> line.contains("com.acme"));
    }

    @Test
    void oneShapeChangeRefusesAllAndTheNextGoodReloadWorks() throws Exception {
        write(cart(1, 10));
        URLClassLoader loader = app.loader(home);
        Application.call(loader, "Cart", "rate");
        write(Sources.compile(CART.formatted(2, 20).replace("{ static int rate", "{ int added; static int rate")));

        assertThat(app.refuses())
                .containsExactly("com.acme.Tax.added was added;"
                        + " a running JVM cannot add, remove or change fields; restart the process");
        assertThat(Application.call(loader, "Cart", "total")).isEqualTo(1);
        assertThat(app.refuses()).hasSize(1);

        write(cart(3, 30));
        app.applies(2, 0);
        assertThat(Application.call(loader, "Cart", "total")).isEqualTo(3);
        assertThat(Application.call(loader, "Cart", "rate")).isEqualTo(30);
    }

    @Test
    void everyFaultIsListedInOrder() throws Exception {
        write(cart(1, 10));
        Application.call(app.loader(home), "Cart", "rate");
        write(Sources.compile("public class Cart { public static long total() { return 2; }"
                + " public static int rate() { return Tax.rate(); } public void more(int a, String b) { } }"
                + " class Tax extends Thread { static int rate() { return 3; } }"));

        assertThat(app.refuses())
                .hasSize(4)
                .isSorted()
                .anyMatch(line -> line.startsWith("com.acme.Cart.more(int, java.lang.String) was added; "))
                .anyMatch(line -> line.startsWith("com.acme.Cart.total() is now long total(); "))
                .anyMatch(line ->
                        line.startsWith("com.acme.Tax drops its superclass java.lang.Object for java.lang.Thread; "));
    }

    @Test
    void aRenamedJarChangesLoadedClassesAndThoseStillToCome() throws Exception {
        Path jar = home.resolve("shop.jar");
        Sources.jar(jar, cart(1, 10));
        URLClassLoader loader = app.loader(jar);
        assertThat(Application.call(loader, "Cart", "total")).isEqualTo(1);
        app.code.remember();
        Sources.jar(jar, cart(2, 20));

        app.applies(1, 1);

        assertThat(Application.call(loader, "Cart", "total")).isEqualTo(2);
        assertThat(Application.call(loader, "Cart", "rate")).isEqualTo(20);
        app.applies(0, 0);
        Sources.jar(jar, cart(3, 30));
        app.applies(2, 0);
        assertThat(Application.call(loader, "Cart", "rate")).isEqualTo(30);
    }

    @Test
    void withoutALookAtTheOldJarAllClassesToComeAreReplaced() throws Exception {
        Path jar = home.resolve("shop.jar");
        Sources.jar(jar, cart(1, 10));
        URLClassLoader loader = app.loader(jar);
        Application.call(loader, "Cart", "total");
        Sources.jar(jar, cart(1, 20));

        app.applies(0, 1);

        assertThat(Application.call(loader, "Cart", "rate")).isEqualTo(20);
    }

    @Test
    void aJarOverwrittenInPlaceIsRefusedUntilOneIsRenamedOverIt() throws Exception {
        Path jar = home.resolve("shop.jar");
        Sources.jar(jar, cart(1, 10));
        URLClassLoader loader = app.loader(jar);
        Application.call(loader, "Cart", "rate");
        app.applies(0, 0);
        try (OutputStream out = Files.newOutputStream(jar)) {
            Sources.writeJar(out, cart(2, 20));
        }
        writes++;
        stamp(jar);

        assertThat(app.refuses())
                .singleElement()
                .asString()
                .startsWith(jar + " was overwritten in place; ")
                .endsWith("deploy by rename: write the new jar beside it and mv it over");
        assertThat(Application.call(loader, "Cart", "total")).isEqualTo(1);

        Sources.jar(jar, cart(3, 30));
        app.applies(2, 0);
        assertThat(Application.call(loader, "Cart", "rate")).isEqualTo(30);
    }

    @Test
    void aClassThatOnlyTheNewJarHasIsRefusedIfAChangedOneNeedsIt() throws Exception {
        Path jar = home.resolve("shop.jar");
        Map<String, byte[]> both = cart(1, 10);
        Map<String, byte[]> without = new HashMap<>(both);
        without.remove("com/acme/Tax");
        without.put(
                "com/acme/Cart",
                Sources.compile("public class Cart { static int total() { return 0; }"
                                + " static int rate() { return 0; } }")
                        .get("com/acme/Cart"));
        Sources.jar(jar, without);
        URLClassLoader loader = app.loader(jar);
        Application.call(loader, "Cart", "total");
        app.applies(0, 0);
        Sources.jar(
                jar,
                Sources.compile("class Cart { static int total() { return 5; }"
                        + " static int rate() { return Tax.rate(); } } class Tax { static int rate() { return 6; } }"));

        assertThat(app.refuses())
                .anyMatch(line -> line.startsWith(
                        "com.acme.Tax, which com.acme.Cart refers to, is new in " + jar + "; a replaced jar"));

        without.put("com/acme/Unused", both.get("com/acme/Tax"));
        without.put(
                "com/acme/Cart",
                Sources.compile("public class Cart { static int total() { return 7; }"
                                + " static int rate() { return 0; } }")
                        .get("com/acme/Cart"));
        Sources.jar(jar, without);
        app.applies(1, 0);
        assertThat(Application.call(loader, "Cart", "total")).isEqualTo(7);
    }

    @Test
    void aMultiReleaseJarCountsByTheEntryOfThisJvm() throws Exception {
        Path jar = home.resolve("shop.jar");
        URLClassLoader loader = app.loader(jar);
        Sources.jar(jar, multiRelease(1, 2));
        assertThat(Application.call(loader, "Cart", "total")).isEqualTo(2);
        app.applies(0, 0);

        Sources.jar(jar, multiRelease(3, 2));
        app.applies(0, 0);
        Sources.jar(jar, multiRelease(3, 4));
        app.applies(1, 0);

        assertThat(Application.call(loader, "Cart", "total")).isEqualTo(4);
    }

    private static Map<String, byte[]> multiRelease(int base, int versioned) {
        return Map.of(
                "META-INF/MANIFEST.MF",
                        "Manifest-Version: 1.0\nMulti-Release: true\n\n".getBytes(StandardCharsets.UTF_8),
                "com/acme/Cart", cart(base, 0).get("com/acme/Cart"),
                "META-INF/versions/11/com/acme/Cart", cart(versioned, 0).get("com/acme/Cart"));
    }

    @Test
    void eachLoaderOfAClassGetsTheNewOne() throws Exception {
        write(cart(1, 10));
        URLClassLoader first = app.loader(home);
        URLClassLoader second = app.loader(home);
        Application.call(first, "Cart", "rate");
        Application.call(second, "Cart", "total");
        write(cart(2, 20));

        app.applies(3, 0);

        assertThat(Application.call(first, "Cart", "rate")).isEqualTo(20);
        assertThat(Application.call(second, "Cart", "total")).isEqualTo(2);
        assertThat(Application.call(second, "Cart", "rate")).isEqualTo(20);
    }

    @Test
    void aClassFileThatIsBrokenIsRefusedInItsOwnWords() throws Exception {
        write(cart(1, 10));
        URLClassLoader loader = app.loader(home);
        Application.call(loader, "Cart", "rate");
        byte[] good = cart(2, 20).get("com/acme/Cart");
        byte[] later = good.clone();
        later[7] = 99;
        Map<byte[], String> broken = Map.of(
                new byte[0],
                "is empty",
                "<html>".getBytes(StandardCharsets.UTF_8),
                "is not a class file: it does not begin with CAFEBABE",
                Arrays.copyOf(good, good.length / 2),
                "is truncated after " + good.length / 2 + " bytes",
                Arrays.copyOf(good, good.length + 3),
                "has 3 bytes after its end",
                later,
                "has class file version 99 (Java 55); this JVM, Java "
                        + Runtime.version().feature(),
                cart(2, 20).get("com/acme/Tax"),
                "holds the class com.acme.Tax; a class file's path and");
        for (var each : broken.entrySet()) {
            Map<String, byte[]> next = new HashMap<>(cart(2, 20));
            next.put("com/acme/Cart", each.getKey());
            write(next);

            assertThat(app.refuses())
                    .singleElement()
                    .asString()
                    .startsWith(home.resolve("com/acme/Cart.class") + " " + each.getValue());
            assertThat(Application.call(loader, "Cart", "rate")).isEqualTo(10);
        }
        write(cart(3, 30));
        app.applies(2, 0);
    }

    @Test
    void whatTheVerifierRejectsNamesTheClassAndAppliesNothing() throws Exception {
        write(cart(1, 10));
        URLClassLoader loader = app.loader(home);
        Application.call(loader, "Cart", "rate");
        Map<String, byte[]> next = new HashMap<>(cart(2, 20));
        byte[] bad = next.get("com/acme/Tax").clone();
        // bipush 20, ireturn becomes bipush 20, areturn.
        for (int i = 0; i < bad.length - 2; i++) {
            if (bad[i] == 0x10 && bad[i + 1] == 20 && bad[i + 2] == (byte) 0xac) {
                bad[i + 2] = (byte) 0xb0;
            }
        }
        next.put("com/acme/Tax", bad);
        write(next);

        assertThat(app.refuses())
                .singleElement()
                .asString()
                .startsWith("com.acme.Tax does not pass the bytecode verifier");
        assertThat(Application.call(loader, "Cart", "total")).isEqualTo(1);
        write(cart(3, 30));
        app.applies(2, 0);
        assertThat(Application.call(loader, "Cart", "rate")).isEqualTo(30);
    }

    @Test
    void anotherAgentThatRetransformsDoesNotPutOldCodeBack() throws Exception {
        write(cart(1, 10));
        URLClassLoader loader = app.loader(home);
        Application.call(loader, "Cart", "rate");
        Class<?> cart = loader.loadClass("com.acme.Cart");
        ClassFileTransformer other = new ClassFileTransformer() {
            @Override
            public byte[] transform(ClassLoader l, String name, Class<?> type, ProtectionDomain domain, byte[] bytes) {
                return type == cart ? bytes.clone() : null;
            }
        };
        app.instrumentation.addTransformer(other, true);
        try {
            for (int round = 2; round < 6; round++) {
                write(cart(round, 10));
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
        write(cart(1, 10));
        URLClassLoader loader = app.loader(home);
        Application.call(loader, "Cart", "rate");
        write(cart(2, 20));
        app.applies(2, 0);
        write(cart(3, 30));
        AtomicInteger asked = new AtomicInteger();
        ClassFileTransformer counter = new ClassFileTransformer() {
            @Override
            public byte[] transform(ClassLoader l, String name, Class<?> type, ProtectionDomain domain, byte[] bytes) {
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
        Sources.jar(jar, cart(1, 10));
        byte[] woven = Sources.compile(CART.formatted(1, 10).replace("class Cart {", "class Cart { int woven;"))
                .get("com/acme/Cart");
        ClassFileTransformer other = new ClassFileTransformer() {
            @Override
            public byte[] transform(ClassLoader l, String name, Class<?> type, ProtectionDomain domain, byte[] bytes) {
                return "com/acme/Cart".equals(name) && type == null ? woven.clone() : null;
            }
        };
        app.instrumentation.addTransformer(other, false);
        try {
            URLClassLoader loader = app.loader(jar);
            app.code.remember();
            Application.call(loader, "Cart", "rate");
            Baseline.first(java.util.Objects.requireNonNull(
                            app.live.tables().of(loader).get("com/acme/Cart"))
                    .location());
            Sources.jar(jar, cart(1, 20));
            app.applies(1, 0);
            assertThat(Application.call(loader, "Cart", "rate")).isEqualTo(20);
        } finally {
            app.instrumentation.removeTransformer(other);
        }
    }

    @Test
    void staticInitialisersAndConstantsAreReportedAndNotRun() throws Exception {
        String config = "public class Config { static final int LIMIT = %d; static int size = Integer.parseInt(\"%d\");"
                + " static int size() { return size; } }";
        write(Sources.compile(config.formatted(1, 10)));
        URLClassLoader loader = app.loader(home);
        Application.call(loader, "Config", "size");
        write(Sources.compile(config.formatted(2, 20)));

        app.applies(1, 0);

        assertThat(Application.call(loader, "Config", "size")).isEqualTo(10);
        assertThat(app.said)
                .contains(
                        "+ com.acme.Config's static initialiser changed; it has already run: restart to run the new one",
                        "+ com.acme.Config.LIMIT has another constant value; the field keeps the value it has:"
                                + " restart to give it the new one");
    }

    @Test
    void lambdasThatChangedPlacesAreRefused() throws Exception {
        String source = "public class Cart { static Runnable r() { %s %s return null; } }";
        String one = "Runnable a = () -> System.out.println(1);";
        String two = "Runnable b = () -> System.out.println(2);";
        write(Sources.compile(source.formatted(one, two)));
        Application.call(app.loader(home), "Cart", "r");
        write(Sources.compile(source.formatted(two, one)));

        assertThat(app.refuses()).hasSize(2).allMatch(line -> line.contains("has the body of another lambda"));
    }

    @Test
    void anonymousClassesThatChangedPlacesAreRefused() throws Exception {
        String source = "public class Cart { static String r() { return \"\" + %s + %s; } }";
        String one = "new Object() { public String toString() { return \"1\"; } }";
        String two = "new Object() { public String toString() { return \"2\"; } }";
        write(Sources.compile(source.formatted(one, two)));
        Application.call(app.loader(home), "Cart", "r");
        write(Sources.compile(source.formatted(two, one)));

        assertThat(app.refuses()).hasSize(2).allMatch(line -> line.contains("has the body of another anonymous class"));
    }

    @Test
    void aFileThatWasJustWrittenIsReadOnceItIsQuiet() throws Exception {
        try (Application patient = new Application(Duration.ofMillis(200))) {
            write(cart(1, 10));
            URLClassLoader loader = patient.loader(home);
            Application.call(loader, "Cart", "total");
            Sources.directory(home, cart(2, 10));
            Files.setLastModifiedTime(
                    home.resolve("com/acme/Cart.class"), FileTime.fromMillis(System.currentTimeMillis() + 60_000));
            long begin = System.nanoTime();

            patient.applies(1, 0);

            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(190));
            assertThat(Application.call(loader, "Cart", "total")).isEqualTo(2);
        }
    }

    @Test
    void aFileWithoutEndIsStillBeingWritten() throws Exception {
        try (Application patient = new Application(Duration.ofMillis(100))) {
            write(cart(1, 10));
            URLClassLoader loader = patient.loader(home);
            Application.call(loader, "Cart", "total");
            Sources.directory(home, cart(2, 10));
            Path file = home.resolve("com/acme/Cart.class");
            Thread writer = new Thread(() -> {
                while (!Thread.currentThread().isInterrupted()) {
                    try {
                        Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis()));
                    } catch (IOException e) {
                        return;
                    }
                }
            });
            writer.start();
            try {
                assertThat(patient.refuses())
                        .singleElement()
                        .asString()
                        .startsWith(file + " is still being written after 5 s; reload once");
            } finally {
                writer.interrupt();
                writer.join();
            }
            assertThat(Application.call(loader, "Cart", "total")).isEqualTo(1);
        }
    }

    @Test
    void aClassThatLostItsFileStaysAsItIs() throws Exception {
        write(cart(1, 10));
        URLClassLoader loader = app.loader(home);
        Application.call(loader, "Cart", "rate");
        app.applies(0, 0);
        Files.delete(home.resolve("com/acme/Tax.class"));

        app.applies(0, 0);

        assertThat(Application.call(loader, "Cart", "rate")).isEqualTo(10);
        assertThat(app.said).contains("+ 1 loaded classes are no longer where they came from; they stay as they are");
    }

    @Test
    void twoHundredFlipFlopsLeaveNothingBehind() throws Exception {
        write(cart(1, 10));
        URLClassLoader loader = app.loader(home);
        Application.call(loader, "Cart", "rate");
        int classes = app.live.tables().of(loader).size();
        for (int round = 0; round < 200; round++) {
            write(cart(round % 2, round % 2));
            assertThat(((TakeUp.Applied) app.code.takeUp()).body()).isEqualTo(2);
            assertThat(Application.call(loader, "Cart", "rate")).isEqualTo(round % 2);
        }
        Live cart =
                java.util.Objects.requireNonNull(app.live.tables().of(loader).get("com/acme/Cart"));
        assertThat(app.live.tables().of(loader).size()).isEqualTo(classes);
        assertThat(java.util.Objects.requireNonNull(cart.version()).constants())
                .isLessThan(4 * ClassFile.constants(cart.version().bytes()));
    }
}
