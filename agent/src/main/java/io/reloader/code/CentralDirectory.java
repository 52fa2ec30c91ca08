// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/** Reads what a zip file has at its end: the names, places and checksums of all its files. */
final class CentralDirectory {
    private static final int END = 0x06054b50;
    private static final int END_SIZE = 22;
    private static final int LONGEST_COMMENT = 0xffff;
    private static final int END64 = 0x06064b50;
    private static final int END64_SIZE = 56;
    private static final int LOCATOR64 = 0x07064b50;
    private static final int LOCATOR64_SIZE = 20;
    private static final int FILE = 0x02014b50;
    private static final int FILE_SIZE = 46;
    private static final long IN_EXTRA = 0xffffffffL;
    private static final int ENCRYPTED = 1;

    private CentralDirectory() {}

    static void read(Content content, Map<String, Archive.Entry> into) throws IOException {
        long size = content.size();
        int tail = (int) Math.min(size, END_SIZE + LONGEST_COMMENT);
        ByteBuffer last = content.at(size - tail, tail).order(ByteOrder.LITTLE_ENDIAN);
        int end = tail - END_SIZE;
        while (end >= 0 && !(last.getInt(end) == END && end + END_SIZE + unsigned(last, end + 20) == tail)) {
            end--;
        }
        if (end < 0) {
            throw new ClassFile.Damaged("it has no central directory");
        }
        long ends = size - tail + end;
        long length = unsignedInt(last, end + 12);
        long offset = unsignedInt(last, end + 16);
        int locator = end - LOCATOR64_SIZE;
        if (locator >= END64_SIZE && last.getInt(locator) == LOCATOR64 && last.getInt(locator - END64_SIZE) == END64) {
            ends = size - tail + locator - END64_SIZE;
            length = last.getLong(locator - END64_SIZE + 40);
            offset = last.getLong(locator - END64_SIZE + 48);
        }
        if (length < 0 || length > ends || length > Integer.MAX_VALUE - 8) {
            throw new ClassFile.Damaged("its central directory is damaged");
        }
        // An executable jar begins with a script; the offsets within do not count it.
        long begin = ends - length - offset;
        ByteBuffer directory = content.at(ends - length, (int) length).order(ByteOrder.LITTLE_ENDIAN);
        files(directory, begin, into);
    }

    private static void files(ByteBuffer directory, long begin, Map<String, Archive.Entry> into) throws IOException {
        int at = 0;
        while (at + FILE_SIZE <= directory.limit() && directory.getInt(at) == FILE) {
            int name = unsigned(directory, at + 28);
            int extra = unsigned(directory, at + 30);
            int next = at + FILE_SIZE + name + extra + unsigned(directory, at + 32);
            if (next > directory.limit()) {
                throw new ClassFile.Damaged("its central directory is damaged");
            }
            int method = (unsigned(directory, at + 8) & ENCRYPTED) == 0 ? unsigned(directory, at + 10) : -1;
            long[] numbers = {
                unsignedInt(directory, at + 24), unsignedInt(directory, at + 20), unsignedInt(directory, at + 42)
            };
            inExtra(directory, at + FILE_SIZE + name, extra, numbers);
            into.put(
                    Archive.name(directory, at + FILE_SIZE, name),
                    new Archive.Entry(method, directory.getInt(at + 16), numbers[1], numbers[0], begin + numbers[2]));
            at = next;
        }
        if (at != directory.limit()) {
            throw new ClassFile.Damaged("its central directory is damaged");
        }
    }

    /** Numbers that are too large for the plain fields: those that are, in this order, in extra field 1. */
    private static void inExtra(ByteBuffer directory, int from, int length, long[] numbers) {
        int at = from;
        while (at + 4 <= from + length) {
            int size = unsigned(directory, at + 2);
            if (unsigned(directory, at) == 1) {
                int field = at + 4;
                for (int i = 0; i < numbers.length; i++) {
                    if (numbers[i] == IN_EXTRA && field + 8 <= Math.min(at + 4 + size, from + length)) {
                        numbers[i] = directory.getLong(field);
                        field += 8;
                    }
                }
            }
            at += 4 + size;
        }
    }

    private static int unsigned(ByteBuffer buffer, int at) {
        return Short.toUnsignedInt(buffer.getShort(at));
    }

    private static long unsignedInt(ByteBuffer buffer, int at) {
        return Integer.toUnsignedLong(buffer.getInt(at));
    }
}
