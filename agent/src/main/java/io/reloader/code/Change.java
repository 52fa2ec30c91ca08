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

    /** The internal name that its file has; null if that is its own. */
    private final @Nullable String file;

    Change(Candidate of, byte[] bytes, @Nullable Stat look) {
        this(
                of,
                bytes,
                Checksum.of(bytes),
                look,
                of.live() == null ? null : of.live().file());
    }

    private Change(Candidate of, byte[] bytes, int crc, @Nullable Stat look, @Nullable String file) {
        this.file = file;
        this.of = of;
        this.bytes = bytes;
        this.crc = crc;
        this.look = look;
    }

    /** Back to these bytes, while the file stays what it was taken up as: so it is not taken up again. */
    static Change back(Candidate of, Live live, byte[] bytes) {
        return new Change(of, bytes, live.crc(), live.look(), live.file());
    }

    /** The same class file, read as these bytes. */
    Change read(byte[] other) {
        return new Change(of, other, crc, look, file);
    }

    /** The class file of this name, read as these bytes. */
    Change from(String name, byte[] read) {
        return new Change(of, read, crc, look, name.equals(of.name()) ? null : name);
    }

    /** Has the class loader give this to the class once it gets it, unless that has happened. */
    void announce(Version version) {
        Live known = of.table().get(of.name());
        if (known == null || !known.loaded()) {
            of.table().put(of.name(), new Live(of.location(), crc, look, version, false, file));
        }
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

    @Nullable
    String file() {
        return file;
    }

    /** CRC-32 of the class file. */
    int crc() {
        return crc;
    }
}
