// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jars and folders within a jar, as Spring Boot and Tomcat name them. */
class NestedJarTest {
    @TempDir
    private Path home;

    @AutoClose
    private final Application app = new Application();

    @ParameterizedTest
    @CsvSource({
        "jar:nested:{file}/!BOOT-INF/classes/!/, jar:nested:{file}/!BOOT-INF/lib/tax.jar!/, BOOT-INF, STORED",
        "jar:file:{file}!/BOOT-INF/classes!/, jar:file:{file}!/BOOT-INF/lib/tax.jar!/, BOOT-INF, STORED",
        "jar:file:{file}!/WEB-INF/classes/, jar:war:file:{file}*/WEB-INF/lib/tax.jar!/, WEB-INF, DEFLATED",
        "file:{file}, war:file:{file}*/WEB-INF/lib/tax.jar, WEB-INF, DEFLATED"
    })
    void aRenamedJarChangesTheClassesOfTheJarsAndFoldersInIt(String classes, String library, String root, String packed)
            throws Exception {
        Path file = home.resolve(root.equals("WEB-INF") ? "my app.war" : "my app.jar");
        boolean stored = packed.equals("STORED");
        fat(file, root, stored, Shop.cart(1, 10));
        Loader loader = new Loader(file, classes, library);
        loader.put(Shop.cart(1, 10));
        assertThat(Application.call(loader, "Cart", "rate")).isEqualTo(10);
        app.code.remember();
        app.applies(0, 0);

        fat(file, root, stored, Shop.cart(1, 20));
        app.applies(1, 0);
        assertThat(Application.call(loader, "Cart", "rate")).isEqualTo(20);
        fat(file, root, stored, Shop.cart(2, 30));
        app.applies(2, 0);
        assertThat(Application.call(loader, "Cart", "total")).isEqualTo(2);
        assertThat(Application.call(loader, "Cart", "rate")).isEqualTo(30);
        app.applies(0, 0);
    }

    @Test
    void aClassToComeAndANewOneComeFromTheNewJarInTheJar() throws Exception {
        Path file = home.resolve("app.jar");
        fat(file, "BOOT-INF", true, Shop.cart(1, 10));
        Loader loader =
                new Loader(file, "jar:nested:{file}/!BOOT-INF/classes/!/", "jar:nested:{file}/!BOOT-INF/lib/tax.jar!/");
        Map<String, byte[]> old = Shop.cart(1, 10);
        old.put(
                "com/acme/Cart",
                Sources.of(
                        Sources.compile(
                                "public class Cart { public static int total() { return 1; } static int rate() { return Tax.rate(); } }"
                                        + " class Tax { static int rate() { return 10; } }"),
                        "Cart"));
        loader.put(old);
        Application.call(loader, "Cart", "total");
        Application.call(loader, "Tax", "rate");
        app.code.remember();
        fat(
                file,
                "BOOT-INF",
                true,
                Sources.compile(
                        "public class Cart { public static int total() { return 2; } static int rate() { return Tax.rate(); } }"
                                + " class Tax { static int rate() { return TaxTable.LOW.ordinal(); } }"
                                + " enum TaxTable { HIGH, LOW }"));

        app.applies(2, 0);

        assertThat(Application.call(loader, "Cart", "rate")).isEqualTo(1);
        assertThat(app.said).contains("+ 1 new class from " + file + "!/BOOT-INF/lib/tax.jar");
    }

    @Test
    void aDamagedJarInTheJarIsNamed() throws Exception {
        Path file = home.resolve("app.jar");
        fat(file, "BOOT-INF", true, Shop.cart(1, 10));
        Loader loader =
                new Loader(file, "jar:nested:{file}/!BOOT-INF/classes/!/", "jar:nested:{file}/!BOOT-INF/lib/tax.jar!/");
        loader.put(Shop.cart(1, 10));
        Application.call(loader, "Cart", "rate");
        app.code.remember();
        Map<String, byte[]> entries = new TreeMap<>();
        entries.put("BOOT-INF/classes/com/acme/Cart.class", Sources.of(Shop.cart(2, 10), "Cart"));
        entries.put("BOOT-INF/lib/tax.jar", new byte[500]);
        zip(file, entries, true);

        assertThat(app.refuses())
                .containsExactly(file + "!/BOOT-INF/lib/tax.jar is not a readable jar (it has no central directory);"
                        + " build and deploy it again");
        assertThat(Application.call(loader, "Cart", "total")).isEqualTo(1);
    }

    @Test
    void aLibraryOfAnotherVersionInTheJarIsTakenUp() throws Exception {
        Path file = home.resolve("app.jar");
        versioned(file, "tax-1.0.jar", Shop.cart(1, 10));
        Loader loader = new Loader(
                file, "jar:nested:{file}/!BOOT-INF/classes/!/", "jar:nested:{file}/!BOOT-INF/lib/tax-1.0.jar!/");
        loader.put(Shop.cart(1, 10));
        assertThat(Application.call(loader, "Cart", "rate")).isEqualTo(10);
        app.code.remember();

        versioned(file, "tax-1.1.jar", Shop.cart(1, 20));
        app.applies(1, 0);
        assertThat(Application.call(loader, "Cart", "rate")).isEqualTo(20);
        assertThat(app.said)
                .contains("+ " + file
                        + "!/BOOT-INF/lib/tax-1.0.jar is gone; its classes come from tax-1.1.jar beside it");

        versioned(file, "tax-1.1.jar", Shop.cart(2, 30));
        app.applies(2, 0);
        assertThat(Application.call(loader, "Cart", "rate")).isEqualTo(30);
        versioned(file, "levy.jar", Shop.cart(3, 40));
        app.applies(1, 0);
        assertThat(Application.call(loader, "Cart", "rate")).isEqualTo(30);
        assertThat(app.said)
                .anyMatch(line -> line.startsWith(
                        "+ " + file + "!/BOOT-INF/lib/tax-1.1.jar is gone; its loaded class stays as it is; "));
    }

    private static void versioned(Path file, String library, Map<String, byte[]> classes) throws IOException {
        Map<String, byte[]> others = new TreeMap<>(classes);
        others.remove("com/acme/Cart");
        ByteArrayOutputStream jar = new ByteArrayOutputStream();
        Sources.writeJar(jar, others);
        zip(
                file,
                Map.of(
                        "BOOT-INF/classes/com/acme/Cart.class",
                        Sources.of(classes, "Cart"),
                        "BOOT-INF/lib/" + library,
                        jar.toByteArray(),
                        "BOOT-INF/lib/tax-extra-1.jar",
                        new byte[0]),
                true);
    }

    /** Cart in the classes, all others in a library. */
    private static void fat(Path file, String root, boolean stored, Map<String, byte[]> classes) throws IOException {
        Map<String, byte[]> library = new TreeMap<>(classes);
        library.remove("com/acme/Cart");
        ByteArrayOutputStream jar = new ByteArrayOutputStream();
        Sources.writeJar(jar, library);
        Map<String, byte[]> entries = new TreeMap<>();
        entries.put(root + "/classes/com/acme/Cart.class", Sources.of(classes, "Cart"));
        entries.put(root + "/lib/tax.jar", jar.toByteArray());
        zip(file, entries, stored);
    }

    private static void zip(Path file, Map<String, byte[]> entries, boolean stored) throws IOException {
        Path beside = file.resolveSibling("new");
        try (OutputStream out = Files.newOutputStream(beside);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (var each : entries.entrySet()) {
                ZipEntry entry = new ZipEntry(each.getKey());
                if (stored) {
                    CRC32 crc = new CRC32();
                    crc.update(each.getValue());
                    entry.setMethod(ZipEntry.STORED);
                    entry.setSize(each.getValue().length);
                    entry.setCrc(crc.getValue());
                }
                zip.putNextEntry(entry);
                zip.write(each.getValue());
                zip.closeEntry();
            }
        }
        Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Finds what it was given, and says that it comes from within the file. */
    private static final class Loader extends ClassLoader {
        private final Map<String, byte[]> found = new TreeMap<>();
        private final ProtectionDomain classes;
        private final ProtectionDomain library;

        Loader(Path file, String classes, String library) throws IOException {
            super(ClassLoader.getPlatformClassLoader());
            URI uri = file.toUri();
            this.classes = domain(classes.replace("{file}", uri.getRawPath()));
            this.library = domain(library.replace("{file}", uri.getRawPath()));
        }

        void put(Map<String, byte[]> all) {
            found.putAll(all);
        }

        private static ProtectionDomain domain(String text) throws IOException {
            int colon = text.indexOf(':');
            URL url = new URL(text.substring(0, colon), "", -1, text.substring(colon + 1), new Closed());
            return new ProtectionDomain(new CodeSource(url, (Certificate[]) null), null);
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] bytes = found.get(name.replace('.', '/'));
            if (bytes == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, bytes, 0, bytes.length, name.endsWith(".Cart") ? classes : library);
        }
    }

    private static final class Closed extends URLStreamHandler {
        @Override
        protected @Nullable URLConnection openConnection(URL url) throws IOException {
            throw new IOException("closed");
        }
    }
}
