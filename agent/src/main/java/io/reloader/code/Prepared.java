// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A change that may be applied.
 *
 * @param version what to hand out; null if the file has other bytes but the same code
 */
record Prepared(Change change, @Nullable Version version) {

    /** The same, with what agents before ours make of its new code, if they make anything of it. */
    Prepared woven(byte @Nullable [] bytes) {
        return bytes == null || version == null || Arrays.equals(bytes, version.shaped())
                ? this
                : new Prepared(change, version.woven(bytes));
    }

    /** Says whether the class was loaded, with its old code, after it was found not to be. */
    boolean publish() {
        Candidate of = change.of();
        Live live = of.live();
        Version kept = version == null && live != null ? live.version() : version;
        boolean loaded = of.type() != null;
        if (loaded && kept == null && change.file() != null) {
            // Its class file is not to be found by its name.
            kept = Version.first(change.bytes());
        }
        Live next = new Live(of.location(), change.crc(), change.look(), kept, loaded, change.file());
        Live before = of.table().put(of.name(), next);
        if (loaded || before == null || !before.loaded()) {
            return false;
        }
        of.table().put(of.name(), next.asked());
        return true;
    }
}
