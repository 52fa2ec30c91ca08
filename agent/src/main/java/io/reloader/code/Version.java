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

    /** So many constants let a method pick one of two bodies; counted once, under this number in place of a CRC. */
    private static final int SWITCH = 8;

    private final byte[] bytes;

    /** Holds the bodies before these, too; null if there is one version only. */
    private final byte @Nullable [] both;

    /** Upper bound of the live constant pool: a redefinition merges pools, and drops no entry. */
    private final int constants;

    /** The CRC of every content that is counted in it. */
    private final Set<Integer> merged;

    private Version(byte[] bytes, byte @Nullable [] both, int constants, Set<Integer> merged) {
        this.bytes = bytes;
        this.both = both;
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
        return new Version(next, null, constants, merged);
    }

    /** What a class gets that is not loaded yet: nothing is merged. */
    static Version first(byte[] next) {
        return new Version(next, null, ClassFile.constants(next), Set.of(Checksum.of(next)));
    }

    boolean overflows(int feature) {
        return feature < FIRST_SOUND && constants > LIMIT;
    }

    /** The same, with the bodies that it replaces beside it; those are in the merged pool already. */
    Version beside(byte[] dual) {
        Set<Integer> all = new HashSet<>(merged);
        return new Version(bytes, dual, constants + (all.add(SWITCH) ? SWITCH : 0), all);
    }

    /** The version before this one, which is in the merged pool already; what the class runs now stays. */
    Version instead(byte[] before) {
        return new Version(before, both, constants, merged);
    }

    Version alone() {
        return new Version(bytes, null, constants, merged);
    }

    /** The new version alone. */
    byte[] bytes() {
        return bytes;
    }

    /** What the class runs now. */
    byte[] current() {
        return both == null ? bytes : both;
    }

    /** Whether it holds the bodies before these, too. */
    boolean beside() {
        return both != null;
    }

    int constants() {
        return constants;
    }
}
