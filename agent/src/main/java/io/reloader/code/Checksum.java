// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.util.zip.CRC32;

/** The CRC-32 of a class file: what a jar's central directory has for free. */
final class Checksum {
    private Checksum() {}

    static int of(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, bytes.length);
        return (int) crc.getValue();
    }
}
