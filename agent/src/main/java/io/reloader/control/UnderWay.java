// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

import java.util.List;

/**
 * How far the reload under way has come.
 *
 * @param number of the reload
 * @param command what was asked for
 * @param nanos for how long it has been under way, in nanoseconds
 * @param pools of the roll; empty before it begins
 */
public record UnderWay(int number, Command command, long nanos, List<PoolState> pools) {
    public UnderWay {
        pools = List.copyOf(pools);
    }
}
