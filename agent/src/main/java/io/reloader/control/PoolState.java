// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

import org.jspecify.annotations.Nullable;

/**
 * How far one pool has come in a roll.
 *
 * @param name the pool's name, made of its threads' names
 * @param workers how many workers were behind when the roll began
 * @param rolled how many of them have been replaced, or have left by themselves
 * @param pinned how many of them keep their thread
 * @param fresh whether each worker lives for one unit of work, so that those behind are waited for, not replaced
 * @param trouble why the roll of this pool stopped for good ("its thread factory returned null"), or null
 * @param nanos from the roll's begin to the last replacement, in nanoseconds
 */
public record PoolState(
        String name,
        int workers,
        int rolled,
        Pinned pinned,
        boolean fresh,
        @Nullable String trouble,
        long nanos) {

    /** Of a pool that replaces its workers, all of them. */
    public PoolState(String name, int workers, int rolled, @Nullable String trouble, long nanos) {
        this(name, workers, rolled, Pinned.NONE, false, trouble, nanos);
    }

    /** How many workers are to be replaced, or waited for, in all. */
    public int renewable() {
        return workers - pinned.workers();
    }

    public boolean complete() {
        return rolled >= renewable();
    }
}
