// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.util.Arrays;
import java.util.Random;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;

/** Class files and jars as no compiler makes them. */
final class Mutations {
    private static final int BIPUSH = 0x10;
    private static final int IRETURN = 0xac;
    private static final int ARETURN = 0xb0;

    /** What counts, lengths and indices are when they are wrong. */
    private static final int[] ODD = {0, 1, 2, 0xff, 0x100, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff};

    private Mutations() {}

    /** One to three changes of a kind that a file may come to have, by chance or by intent. */
    static byte[] of(byte[] good, Random random) {
        byte[] bytes = good.clone();
        for (int changes = 1 + random.nextInt(3); changes > 0 && bytes.length > 8; changes--) {
            bytes = once(bytes, random);
        }
        return bytes;
    }

    private static byte[] once(byte[] bytes, Random random) {
        int at = random.nextInt(bytes.length - 4);
        switch (random.nextInt(8)) {
            case 0 -> number(bytes, at, 2, ODD[random.nextInt(ODD.length)]);
            case 1 -> number(bytes, at, 4, ODD[random.nextInt(ODD.length)]);
            case 2 -> bytes[at] += random.nextBoolean() ? (byte) 1 : (byte) -1;
            case 3 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 4 -> {
                int from = random.nextInt(bytes.length - 4);
                System.arraycopy(
                        bytes, from, bytes, at, Math.min(random.nextInt(40), bytes.length - Math.max(at, from)));
            }
            case 5 -> {
                return Arrays.copyOf(bytes, at);
            }
            case 6 -> {
                byte[] shorter = Arrays.copyOf(bytes, bytes.length - 2);
                System.arraycopy(bytes, at + 2, shorter, at, shorter.length - at);
                return shorter;
            }
            default -> bytes[at] = (byte) random.nextInt();
        }
        return bytes;
    }

    private static void number(byte[] bytes, int at, int size, int value) {
        for (int i = 0; i < size; i++) {
            bytes[at + i] = (byte) (value >>> (8 * (size - 1 - i)));
        }
    }

    /** The same code by other bytes. */
    static byte[] laidOutAnew(byte[] good) {
        ClassWriter writer = new ClassWriter(0);
        writer.newConst("unused");
        new ClassReader(good).accept(writer, 0);
        return writer.toByteArray();
    }

    /** A method that returned this small number now returns it for an object. */
    static byte[] unverifiable(byte[] good, int number) {
        byte[] bad = good.clone();
        for (int i = 0; i < bad.length - 2; i++) {
            if (bad[i] == BIPUSH && bad[i + 1] == number && bad[i + 2] == (byte) IRETURN) {
                bad[i + 2] = (byte) ARETURN;
                return bad;
            }
        }
        throw new IllegalArgumentException("no method returns " + number);
    }
}
