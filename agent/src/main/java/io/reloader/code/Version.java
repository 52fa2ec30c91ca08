// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;

/** The bytes of a class that was taken up. Immutable; the array is not written to. */
final class Version {
    /** JDK-8311076: before 23, a merged pool of more than 65,535 entries aborts the JVM. */
    private static final int LIMIT = 60_000;

    private static final int FIRST_SOUND = 23;

    /** So many constants let a method pick one of two bodies; counted once, under this number in place of a CRC. */
    private static final int SWITCH = 8;

    private final byte[] bytes;

    /** The same in the shape that the class was loaded with; the same array where that is the shape it has. */
    private final byte[] shaped;

    /** What agents before ours make of it; the same where they leave it alone. */
    private final byte[] woven;

    /** What a rollback goes back to while both are there; null if there is one version only. */
    private final @Nullable Version before;

    /** Holds the bodies before these, too; null if there is one version only. */
    private final byte @Nullable [] both;

    /** Upper bound of the live constant pool: a redefinition merges pools, and drops no entry. */
    private final int constants;

    /** The CRC of every content that is counted in it. */
    private final Set<Integer> merged;

    private Version(
            byte[][] alone, @Nullable Version before, byte @Nullable [] both, int constants, Set<Integer> merged) {
        this.bytes = alone[0];
        this.shaped = alone[1];
        this.woven = alone[2];
        this.before = before;
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
        return new Version(same(next), null, null, constants, merged);
    }

    /** What a class gets that is not loaded yet: nothing is merged. */
    static Version first(byte[] next) {
        return new Version(same(next), null, null, ClassFile.constants(next), Set.of(Checksum.of(next)));
    }

    /** The same, to be run in the shape that the class was loaded with. */
    Version shaped(byte[] shape) {
        Set<Integer> all = new HashSet<>(merged);
        int more = all.add(Checksum.of(shape)) ? ClassFile.constants(shape) : 0;
        return new Version(new byte[][] {bytes, shape, shape}, null, null, constants + more, all);
    }

    private static byte[][] same(byte[] bytes) {
        return new byte[][] {bytes, bytes, bytes};
    }

    boolean overflows(int feature) {
        return feature < FIRST_SOUND && constants > LIMIT;
    }

    /** The same, as agents before ours make it. */
    Version woven(byte[] next) {
        return merging(next, before, both, Checksum.of(next), ClassFile.constants(next));
    }

    private Version merging(byte[] weave, @Nullable Version old, byte @Nullable [] dual, int content, int more) {
        Set<Integer> all = new HashSet<>(merged);
        return new Version(
                new byte[][] {bytes, shaped, weave}, old, dual, constants + (all.add(content) ? more : 0), all);
    }

    /** The same, with the bodies that it replaces beside it; those are in the merged pool already. */
    Version beside(byte[] dual, @Nullable Version old) {
        return merging(woven, old, dual, SWITCH, SWITCH);
    }

    /** The version before this one, which is in the merged pool already; what the class runs now stays. */
    Version instead(byte[] old) {
        byte[][] alone = before == null ? same(old) : new byte[][] {before.bytes, before.shaped, before.woven};
        return new Version(alone, null, both, constants, merged);
    }

    /** The version before this one, if it is known. */
    Version instead() {
        return before == null ? this : instead(before.bytes);
    }

    Version alone() {
        return new Version(new byte[][] {bytes, shaped, woven}, null, null, constants, merged);
    }

    /** The new version alone, as it was built: to compare with. */
    byte[] bytes() {
        return bytes;
    }

    /** What agents before ours are given to make something of. */
    byte[] shaped() {
        return shaped;
    }

    /** Whether it is what its file says, and not another shape of it. */
    boolean plain() {
        return shaped == bytes;
    }

    /** Whether it is written anew when others change: not one that is loaded outside of its nest. */
    boolean relinks() {
        return !plain()
                && (ClassDiff.read(bytes, ClassReader.SKIP_CODE).nestHostClass == null
                        || ClassDiff.read(shaped, ClassReader.SKIP_CODE).nestHostClass != null);
    }

    /** The new version alone: to run. */
    byte[] runs() {
        return woven;
    }

    /** What the class runs now. */
    byte[] current() {
        return both == null ? woven : both;
    }

    /** Whether it holds the bodies before these, too. */
    boolean beside() {
        return both != null;
    }

    int constants() {
        return constants;
    }
}
