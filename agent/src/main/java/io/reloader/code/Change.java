// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import org.jspecify.annotations.Nullable;

/** A class whose file is not what its class loader runs. Immutable; the array is not written to. */
final class Change {
    private final Candidate of;
    private final byte[] bytes;
    private final int crc;

    /** Its file, if it is in a directory. */
    private final @Nullable Stat look;

    Change(Candidate of, byte[] bytes, @Nullable Stat look) {
        this(of, bytes, Checksum.of(bytes), look);
    }

    private Change(Candidate of, byte[] bytes, int crc, @Nullable Stat look) {
        this.of = of;
        this.bytes = bytes;
        this.crc = crc;
        this.look = look;
    }

    /** Back to these bytes, while the file stays what it was taken up as: so it is not taken up again. */
    static Change back(Candidate of, Live live, byte[] bytes) {
        return new Change(of, bytes, live.crc(), live.look());
    }

    /** The same class file, read as these bytes. */
    Change read(byte[] other) {
        return new Change(of, other, crc, look);
    }

    Candidate of() {
        return of;
    }

    byte[] bytes() {
        return bytes;
    }

    @Nullable
    Stat look() {
        return look;
    }

    /** CRC-32 of the class file. */
    int crc() {
        return crc;
    }
}
