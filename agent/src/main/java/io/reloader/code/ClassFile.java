// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The frame of a class file, walked to its last byte. Comes before ASM, which trusts the lengths it reads and
 * allocates by them.
 *
 * @param name internal name
 * @param texts every UTF-8 constant
 */
record ClassFile(String name, Set<String> texts) {
    private static final int MAGIC = 0xCAFEBABE;
    private static final int JAVA_1 = 44;

    /** Says in words what is wrong with a class file. */
    static final class Damaged extends IOException {
        Damaged(String words) {
            super(words);
        }
    }

    static int constants(byte[] bytes) {
        return ((bytes[8] & 0xff) << 8) | (bytes[9] & 0xff);
    }

    static ClassFile of(byte[] bytes, int feature) throws Damaged {
        if (bytes.length == 0) {
            throw new Damaged("is empty");
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return new Walk(in).file(feature);
        } catch (Damaged e) {
            throw e;
        } catch (EOFException e) {
            throw new Damaged("is truncated after " + bytes.length + " bytes");
        } catch (IOException | RuntimeException e) {
            throw new Damaged("is damaged (" + e.getClass().getSimpleName() + ")");
        }
    }

    /** Every type that a constant names, alone or in a descriptor; and some words that are no types. */
    Set<String> types() {
        Set<String> types = new HashSet<>(texts);
        for (String text : texts) {
            int end = text.indexOf(';');
            for (int at = 0; end >= 0; at = end + 1, end = text.indexOf(';', at)) {
                int begin = text.indexOf('L', at);
                if (begin >= 0 && begin < end) {
                    types.add(text.substring(begin + 1, end));
                }
            }
        }
        return types;
    }

    private static final class Walk {
        private final DataInputStream in;
        private @Nullable String[] texts = {};
        private int[] types = {};

        Walk(DataInputStream in) {
            this.in = in;
        }

        ClassFile file(int feature) throws IOException {
            if (in.available() < 4 || in.readInt() != MAGIC) {
                throw new Damaged("is not a class file: it does not begin with CAFEBABE");
            }
            in.readUnsignedShort();
            version(in.readUnsignedShort(), feature);
            constants();
            in.readUnsignedShort();
            String name = text(types[in.readUnsignedShort()]);
            in.readUnsignedShort();
            skip(2L * in.readUnsignedShort());
            members();
            members();
            attributes();
            if (in.available() > 0) {
                throw new Damaged("has " + in.available() + " bytes after its end");
            }
            Set<String> all = new HashSet<>();
            for (String text : texts) {
                if (text != null) {
                    all.add(text);
                }
            }
            return new ClassFile(name, all);
        }

        private static void version(int major, int feature) throws Damaged {
            if (major > feature + JAVA_1) {
                throw new Damaged("has class file version " + major + " (Java " + (major - JAVA_1)
                        + "); this JVM, Java " + feature + ", accepts up to " + (feature + JAVA_1));
            }
            if (major <= JAVA_1) {
                throw new Damaged("has class file version " + major + ", which never existed");
            }
        }

        private void constants() throws IOException {
            int count = in.readUnsignedShort();
            texts = new String[count];
            types = new int[count];
            for (int i = 1; i < count; i++) {
                int tag = in.readUnsignedByte();
                switch (tag) {
                    case 1 -> texts[i] = in.readUTF();
                    case 7 -> types[i] = in.readUnsignedShort();
                    case 8, 16, 19, 20 -> skip(2);
                    case 15 -> skip(3);
                    case 3, 4, 9, 10, 11, 12, 17, 18 -> skip(4);
                    case 5, 6 -> {
                        skip(8);
                        i++;
                    }
                    default -> throw new Damaged("is damaged: constant " + i + " has tag " + tag);
                }
            }
        }

        private void members() throws IOException {
            for (int left = in.readUnsignedShort(); left > 0; left--) {
                skip(6);
                attributes();
            }
        }

        private void attributes() throws IOException {
            for (int left = in.readUnsignedShort(); left > 0; left--) {
                String name = text(in.readUnsignedShort());
                long length = Integer.toUnsignedLong(in.readInt());
                if (length > in.available()) {
                    throw new EOFException();
                }
                byte[] body = in.readNBytes((int) length);
                if (name.equals("Code")) {
                    Bytecode.walk(body);
                }
            }
        }

        private String text(int index) throws Damaged {
            String text = texts[index];
            if (text == null) {
                throw new Damaged("is damaged: constant " + index + " is no name");
            }
            return text;
        }

        private void skip(long bytes) throws IOException {
            in.skipNBytes(bytes);
        }
    }
}
