// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

import java.util.List;
import java.util.Optional;

/**
 * What the control loop knows at one moment.
 *
 * @param number of the last reload, 0 if there was none; the generation of workers made now
 * @param remembered the commands that wait for the one under way
 * @param underWay the reload under way
 * @param behind workers that it waits for, or that an earlier reload left behind; empty while they are too many to tell
 * @param unsettled whether threads may still run the code before the last change
 * @param rollbacks how many reloads can be rolled back
 * @param connections of a stop: how many are waited for
 * @param verdicts the last ones, newest last
 */
public record Status(
        State state,
        int number,
        List<Command> remembered,
        Optional<UnderWay> underWay,
        List<Laggard> behind,
        boolean unsettled,
        int rollbacks,
        int connections,
        List<PoolStatus> pools,
        List<Verdict> verdicts) {
    public Status {
        remembered = List.copyOf(remembered);
        behind = List.copyOf(behind);
        pools = List.copyOf(pools);
        verdicts = List.copyOf(verdicts);
    }
}
