// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The bytes of a class that was taken up. Immutable; the array is not written to. */
final class Version {
    /** JDK-8311076: before 23, a merged pool of more than 65,535 entries aborts the JVM. */
    private static final int LIMIT = 60_000;

    private static final int FIRST_SOUND = 23;

    private final byte[] bytes;

    /** Upper bound of the live constant pool: a redefinition merges pools, and drops no entry. */
    private final int constants;

    /** The CRC of every content that is counted in it. */
    private final Set<Integer> merged;

    private Version(byte[] bytes, int constants, Set<Integer> merged) {
        this.bytes = bytes;
        this.constants = constants;
        this.merged = Set.copyOf(merged);
    }

    /** This content on top of what the class runs now. */
    static Version after(@Nullable Version before, byte[] live, byte[] next) {
        Set<Integer> merged = new HashSet<>();
        int constants = 0;
        if (before != null) {
            merged.addAll(before.merged);
            constants = before.constants;
        } else {
            merged.add(Checksum.of(live));
            constants = ClassFile.constants(live);
        }
        if (merged.add(Checksum.of(next))) {
            constants += ClassFile.constants(next);
        }
        return new Version(next, constants, merged);
    }

    /** What a class gets that is not loaded yet: nothing is merged. */
    static Version first(byte[] next) {
        return new Version(next, ClassFile.constants(next), Set.of(Checksum.of(next)));
    }

    boolean overflows(int feature) {
        return feature < FIRST_SOUND && constants > LIMIT;
    }

    byte[] bytes() {
        return bytes;
    }

    int constants() {
        return constants;
    }
}
