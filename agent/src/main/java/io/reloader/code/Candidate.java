// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import io.reloader.lower.Provision;
import org.jspecify.annotations.Nullable;

/**
 * A class of one class loader that may have changed.
 *
 * @param name internal name
 * @param type null if it is not loaded
 * @param live null if it was loaded before the agent and its file may have changed since
 */
record Candidate(
        LoaderTable table,
        String name,
        Location location,
        @Nullable Class<?> type,
        @Nullable Live live) {

    /** Whether an overlay has, or had, this class. */
    boolean overlaid() {
        return table.isOverlaid(name);
    }

    /** The internal name that its class file has; empty if it has none any more. */
    String file() {
        return live == null || live.file() == null ? name : live.file();
    }

    /** What it was given when it was loaded. */
    Provision provision() {
        return type == null ? table.provision(name) : table.provision(type);
    }

    String human() {
        return Names.type(name);
    }
}
