// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

import org.jspecify.annotations.Nullable;

/**
 * How far one pool has come in a roll.
 *
 * @param name the pool's name, made of its threads' names
 * @param workers how many workers were behind when the roll began
 * @param rolled how many of them have been replaced, or have left by themselves
 * @param trouble why the roll of this pool stopped for good ("its thread factory returned null"), or null
 * @param nanos from the roll's begin to the last replacement, in nanoseconds
 */
public record PoolState(
        String name, int workers, int rolled, @Nullable String trouble, long nanos) {

    public boolean complete() {
        return rolled == workers;
    }
}
