// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * A zip file by its central directory, or one that lies within another: one that is stored there is read in place,
 * which {@code java.util.zip} cannot. Confined to one thread.
 */
final class Archive implements Closeable {
    private static final int ENTRY = 0x04034b50;
    private static final int ENTRY_HEAD = 30;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;

    private final Content content;
    private final Map<String, Entry> entries = new HashMap<>();

    /** What the central directory says of a file. */
    record Entry(int method, int crc, long packed, long size, long header) {}

    Archive(Content content) throws IOException {
        this.content = content;
        CentralDirectory.read(content, entries);
    }

    static Archive open(Path path) throws IOException {
        Content content = Content.of(path);
        try {
            return new Archive(content);
        } catch (IOException | RuntimeException e) {
            content.close();
            throw e;
        }
    }

    Map<String, Entry> entries() {
        return entries;
    }

    @Nullable
    Entry entry(String name) {
        return entries.get(name);
    }

    /** Whether there is such a file or folder. */
    boolean has(String path) {
        return entries.containsKey(path)
                || entries.keySet().stream()
                        .anyMatch(each -> each.startsWith(path) && each.startsWith("/", path.length()));
    }

    /** The archive in this one, which is usable until this one is closed. */
    Archive nested(Entry entry) throws IOException {
        return new Archive(
                entry.method() == STORED
                        ? content.slice(begin(entry), entry.packed())
                        : Content.of(ByteBuffer.wrap(read(entry))));
    }

    byte[] read(Entry entry) throws IOException {
        if (entry.packed() > Integer.MAX_VALUE - 8 || entry.size() > Integer.MAX_VALUE - 8) {
            throw new ClassFile.Damaged("is too long");
        }
        ByteBuffer packed = content.at(begin(entry), (int) entry.packed());
        byte[] bytes = switch (entry.method()) {
            case STORED -> stored(packed);
            case DEFLATED -> inflated(packed, (int) entry.size());
            default ->
                throw new ClassFile.Damaged("is packed by method " + entry.method() + ", which no class loader reads");
        };
        if (bytes.length != entry.size() || Checksum.of(bytes) != entry.crc()) {
            throw new ClassFile.Damaged("is damaged: its checksum is not the one in the jar's index");
        }
        return bytes;
    }

    private long begin(Entry entry) throws IOException {
        ByteBuffer head = content.at(entry.header(), ENTRY_HEAD).order(ByteOrder.LITTLE_ENDIAN);
        if (head.getInt(0) != ENTRY) {
            throw new ClassFile.Damaged("is not where the jar's index says");
        }
        return entry.header()
                + ENTRY_HEAD
                + Short.toUnsignedInt(head.getShort(26))
                + Short.toUnsignedInt(head.getShort(28));
    }

    private static byte[] stored(ByteBuffer packed) {
        byte[] bytes = new byte[packed.remaining()];
        packed.get(bytes);
        return bytes;
    }

    /** Never more than the index says, in steps: a wrong size must neither inflate nor allocate without end. */
    private static byte[] inflated(ByteBuffer packed, int size) throws IOException {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(packed);
            byte[] bytes = new byte[Math.min(size, 1 << 16)];
            int length = 0;
            while (length < size && !inflater.finished()) {
                if (length == bytes.length) {
                    bytes = Arrays.copyOf(bytes, (int) Math.min(size, 2L * length));
                }
                int more = inflater.inflate(bytes, length, bytes.length - length);
                if (more == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
                    throw new ClassFile.Damaged("is damaged: it ends too early");
                }
                length += more;
            }
            return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
        } catch (DataFormatException e) {
            throw new ClassFile.Damaged("is damaged (" + e.getMessage() + ")");
        } finally {
            inflater.end();
        }
    }

    /** A name as the central directory has it. */
    static String name(ByteBuffer directory, int at, int length) {
        byte[] name = new byte[length];
        directory.get(at, name);
        return new String(name, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
