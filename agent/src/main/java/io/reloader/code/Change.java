// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import org.jspecify.annotations.Nullable;

/** A class whose file is not what its class loader runs. Immutable; the array is not written to. */
final class Change {
    private final Candidate of;
    private final byte[] bytes;

    /** Its file, if it is in a directory. */
    private final @Nullable Stat look;

    Change(Candidate of, byte[] bytes, @Nullable Stat look) {
        this.of = of;
        this.bytes = bytes;
        this.look = look;
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

    int crc() {
        return Checksum.of(bytes);
    }
}
