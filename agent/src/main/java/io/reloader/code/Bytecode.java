// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.nio.ByteBuffer;

/** Walks a Code attribute's instructions, so that no switch or code length can make its reader allocate without end. */
final class Bytecode {
    private static final int TABLESWITCH = 170;
    private static final int LOOKUPSWITCH = 171;
    private static final int WIDE = 196;
    private static final int IINC = 132;
    private static final int HEAD = 8;

    private Bytecode() {}

    static void walk(byte[] attribute) throws ClassFile.Damaged {
        ByteBuffer code = ByteBuffer.wrap(attribute);
        long length = attribute.length < HEAD ? -1 : Integer.toUnsignedLong(code.getInt(4));
        if (length <= 0 || length > attribute.length - HEAD) {
            throw new ClassFile.Damaged("is damaged: a method's code is longer than its attribute");
        }
        long at = 0;
        while (at < length) {
            long step = step(code, (int) at, (int) length);
            if (step <= 0 || at + step > length) {
                throw new ClassFile.Damaged("is damaged: a method's code ends within an instruction");
            }
            at += step;
        }
    }

    private static long step(ByteBuffer code, int at, int length) {
        int opcode = code.get(HEAD + at) & 0xff;
        int operands = at + 4 - at % 4;
        return switch (opcode) {
            case TABLESWITCH -> {
                if (operands + 12 > length) {
                    yield -1;
                }
                long low = code.getInt(HEAD + operands + 4);
                long high = code.getInt(HEAD + operands + 8);
                yield high < low ? -1 : operands - at + 12 + 4 * (high - low + 1);
            }
            case LOOKUPSWITCH -> {
                if (operands + 8 > length) {
                    yield -1;
                }
                long pairs = code.getInt(HEAD + operands + 4);
                yield pairs < 0 ? -1 : operands - at + 8 + 8 * pairs;
            }
            case WIDE -> at + 1 < length && (code.get(HEAD + at + 1) & 0xff) == IINC ? 6 : 4;
            default -> plain(opcode);
        };
    }

    private static int plain(int opcode) {
        if (opcode > 201) {
            return -1;
        }
        return switch (opcode) {
            case 16, 18, 21, 22, 23, 24, 25, 54, 55, 56, 57, 58, 169, 188 -> 2;
            case 17, 19, 20, IINC, 187, 189, 192, 193, 198, 199 -> 3;
            case 197 -> 4;
            case 185, 186, 200, 201 -> 5;
            default -> (opcode >= 153 && opcode <= 168) || (opcode >= 178 && opcode <= 184) ? 3 : 1;
        };
    }
}
