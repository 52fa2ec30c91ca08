// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import org.jspecify.annotations.Nullable;

/** A class as it was before a reload. Immutable; the array is not written to. */
final class Replaced {
    private final Candidate of;

    /** Null if it was not loaded and would have come from its own file. */
    private final byte @Nullable [] bytes;

    private final boolean loaded;

    Replaced(Candidate of, byte @Nullable [] bytes) {
        // The class itself must not be held.
        this.of = new Candidate(of.table(), of.name(), of.location(), null, null);
        this.bytes = bytes;
        this.loaded = of.type() != null;
    }

    Candidate of() {
        return of;
    }

    byte @Nullable [] bytes() {
        return bytes;
    }

    boolean loaded() {
        return loaded;
    }

    boolean gone() {
        return of.table().loader() == null;
    }
}
