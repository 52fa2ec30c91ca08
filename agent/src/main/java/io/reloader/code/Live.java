// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import org.jspecify.annotations.Nullable;

/**
 * What one class loader runs, or will run, under one class name.
 *
 * @param crc CRC-32 of the class file, as the file has it
 * @param look the class file in its directory when it last was seen to hold this; null if not looked at, or in a jar
 * @param version the bytes to hand out; null while the class runs as it was loaded
 * @param loaded whether the class loader has asked for the class
 * @param file the internal name that its class file has; null if that is its own, empty if no file is its own any more
 */
record Live(
        Location location,
        int crc,
        @Nullable Stat look,
        @Nullable Version version,
        boolean loaded,
        @Nullable String file) {

    static Live asLoaded(Location location, int crc) {
        return new Live(location, crc, null, null, true, null);
    }

    Live seen(Stat stat) {
        return new Live(location, crc, stat, version, loaded, file);
    }

    Live asked() {
        return loaded ? this : new Live(location, crc, look, version, true, file);
    }

    /** Its class file holds another class now. */
    Live left() {
        return new Live(location, crc, null, version, loaded, "");
    }

    /** With one version in place of two. */
    Live settled() {
        return new Live(location, crc, look, version == null ? null : version.alone(), loaded, file);
    }

    /** With other bytes to hand out, or those that it is loaded with; from the same file. */
    Live with(@Nullable Version other) {
        return new Live(location, crc, look, other, loaded, file);
    }

    /** The same class from a file with other bytes. */
    Live as(int other, @Nullable Stat stat) {
        return new Live(location, other, stat, version, loaded, file);
    }
}
