// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** For longer: {@code -Dfuzz.seconds=600}; from another point: {@code -Dfuzz.seed}. */
class FuzzTest {
    private static final long SEED = Long.getLong("fuzz.seed", 20_241_123L);
    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("fuzz.seconds", 3));
    private static final int FEATURE = Runtime.version().feature();

    private final Random random = new Random(SEED);

    /** Damaged, or none of the exceptions that those who read class files let by; never long, never without memory. */
    @Test
    @Timeout(3600)
    void whateverIsInAClassFileItsReadersComeToAnEnd() {
        Map<String, byte[]> good = Sources.compile(MutationTest.RICH.formatted(1, 1));
        byte[] old = Sources.of(Sources.compile(MutationTest.RICH.formatted(0, 0)), "Tax");
        int readable = 0;
        int rounds = 0;
        for (long end = System.nanoTime() + TIME.toNanos(); System.nanoTime() < end; rounds++) {
            byte[] bytes = Mutations.of(Sources.of(good, "Tax"), random);
            try {
                ClassFile.of(bytes, FEATURE).types();
                readable++;
            } catch (ClassFile.Damaged e) {
                assertThat(e.getMessage()).isNotEmpty();
                continue;
            } catch (RuntimeException | Error e) {
                fail("ClassFile of " + HexFormat.of().formatHex(bytes), e);
            }
            reads(bytes, () -> References.in(bytes));
            reads(bytes, () -> Shape.of(bytes, new Shape.Origin(null, null, true)));
            reads(bytes, () -> Renumbered.text(bytes));
            reads(bytes, () -> ClassDiff.between(old, bytes));
            reads(bytes, () -> DualBody.of(old, bytes));
        }
        assertThat(readable).isBetween(rounds / 50, rounds - 1);
    }

    private static void reads(byte[] bytes, Runnable reader) {
        long begin = System.nanoTime();
        try {
            reader.run();
        } catch (RuntimeException | StackOverflowError | AssertionError e) {
            // What the review and the link check take for a damaged file.
        } catch (Error e) {
            fail(HexFormat.of().formatHex(bytes), e);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    @Timeout(3600)
    void whateverIsInAJarItIsReadOrDamaged() throws Exception {
        Map<String, byte[]> classes = new HashMap<>(Sources.compile(MutationTest.RICH.formatted(1, 1)));
        classes.put("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nMulti-Release: true\n\n".getBytes(UTF_8));
        classes.put("META-INF/versions/9/com/acme/Cart", Sources.of(classes, "Cart"));
        ByteArrayOutputStream inner = new ByteArrayOutputStream();
        Sources.writeJar(inner, classes);
        byte[] good = outer(inner.toByteArray());
        int damaged = 0;
        int rounds = 0;
        for (long end = System.nanoTime() + TIME.toNanos(); System.nanoTime() < end; rounds++) {
            byte[] bytes = atItsEnds(good);
            try {
                read(bytes);
            } catch (IOException e) {
                damaged++;
            } catch (RuntimeException | Error e) {
                fail("Archive of " + HexFormat.of().formatHex(bytes), e);
            }
        }
        assertThat(damaged).isBetween(rounds / 50, rounds - 1);
    }

    /** Mutated anywhere, or where its headers are. */
    private byte[] atItsEnds(byte[] good) {
        if (random.nextBoolean()) {
            return Mutations.of(good, random);
        }
        int length = Math.min(good.length, 400);
        int from = random.nextBoolean() ? 0 : good.length - length;
        byte[] part = new byte[length];
        System.arraycopy(good, from, part, 0, length);
        part = Mutations.of(part, random);
        byte[] bytes = new byte[good.length - length + part.length];
        System.arraycopy(good, 0, bytes, 0, from);
        System.arraycopy(part, 0, bytes, from, part.length);
        System.arraycopy(good, from + length, bytes, from + part.length, good.length - from - length);
        return bytes;
    }

    private static void read(byte[] bytes) throws IOException {
        Archive archive = new Archive(Content.of(ByteBuffer.wrap(bytes)));
        for (String inside : new String[] {"", "BOOT-INF/lib/stored.jar", "BOOT-INF/lib/packed.jar", "BOOT-INF"}) {
            Jar jar = Jar.at(archive, inside);
            for (Archive.Entry entry : jar.classes().values()) {
                assertThat(jar.archive().read(entry)).hasSize((int) entry.size());
            }
        }
    }

    private static byte[] outer(byte[] inner) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            ZipEntry stored = new ZipEntry("BOOT-INF/lib/stored.jar");
            CRC32 crc = new CRC32();
            crc.update(inner);
            stored.setMethod(ZipEntry.STORED);
            stored.setSize(inner.length);
            stored.setCrc(crc.getValue());
            zip.putNextEntry(stored);
            zip.write(inner);
            zip.putNextEntry(new ZipEntry("BOOT-INF/lib/packed.jar"));
            zip.write(inner);
            zip.putNextEntry(new ZipEntry("Plain.class"));
            zip.write(inner, 0, 99);
            zip.closeEntry();
        }
        return out.toByteArray();
    }
}
