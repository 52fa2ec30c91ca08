// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import io.reloader.lower.Counted;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A top class and all that is nested in it: those that one class loader has loaded, and those that there are class files
 * of now. Confined to the take-up thread.
 */
final class CountedFiles {
    private final LoaderTable table;
    private final String top;
    private final Location location;

    /** By internal name. */
    final Map<String, Candidate> loaded = new TreeMap<>();

    /** By the names that they have, as they were read. */
    final Map<String, Read> files = new TreeMap<>();

    CountedFiles(LoaderTable table, String top, Location location) {
        this.table = table;
        this.top = top;
        this.location = location;
    }

    /** A class file; the array is not written to. */
    static final class Read {
        private final byte[] bytes;
        private final @Nullable Stat look;

        Read(byte[] bytes, @Nullable Stat look) {
            this.bytes = bytes;
            this.look = look;
        }

        byte[] bytes() {
            return bytes;
        }

        /** Null if it is in a jar. */
        @Nullable
        Stat look() {
            return look;
        }
    }

    LoaderTable table() {
        return table;
    }

    String top() {
        return top;
    }

    Location location() {
        return location;
    }

    boolean has(Candidate of) {
        return of.table() == table && Counted.top(of.name()).equals(top);
    }

    Map<String, byte[]> bytes() {
        Map<String, byte[]> bytes = new HashMap<>();
        files.forEach((name, read) -> bytes.put(name, read.bytes()));
        return bytes;
    }

    /** One of them that is not loaded. */
    Candidate unloaded(String name) {
        return new Candidate(table, name, location, null, table.get(name));
    }
}
