// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import org.jspecify.annotations.Nullable;

/**
 * A class that was not loaded when a reload brought new bytes for it, and is not loaded when that is rolled back.
 *
 * @param version what it gets instead when it is loaded; null for what its class loader reads
 */
record Restored(Candidate of, @Nullable Version version) {

    /** Says whether the class was loaded, with what is rolled back, after it was found not to be. */
    boolean publish() {
        Live live = of.table().get(of.name());
        while (live != null && !of.table().replace(of.name(), live, live.with(version))) {
            live = of.table().get(of.name());
        }
        return live != null && live.loaded();
    }
}
