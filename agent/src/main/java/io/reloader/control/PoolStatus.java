// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

import java.util.List;

/**
 * A pool with its workers, for the operator.
 *
 * @param name made of its threads' names
 * @param kind the class of the pool
 * @param role what it is for
 * @param reason why it is taken to be for that
 * @param pin why its workers keep their threads; empty if they do not
 * @param queued whether a task waits that could run now
 * @param waiting how many tasks wait in its queue, those that are due later included; -1 if it does not tell
 */
public record PoolStatus(
        String name,
        String kind,
        Role role,
        String reason,
        String pin,
        boolean queued,
        int waiting,
        List<WorkerStatus> workers) {
    public PoolStatus {
        workers = List.copyOf(workers);
    }

    public boolean pinned() {
        return !pin.isEmpty();
    }

    public int busy() {
        return (int) workers.stream().filter(WorkerStatus::busy).count();
    }
}
