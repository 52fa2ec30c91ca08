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
 * @param pinned whether its workers keep their threads
 * @param queued whether a task waits that could run now
 */
public record PoolStatus(
        String name,
        String kind,
        Role role,
        String reason,
        boolean pinned,
        boolean queued,
        List<WorkerStatus> workers) {
    public PoolStatus {
        workers = List.copyOf(workers);
    }

    public int busy() {
        return (int) workers.stream().filter(WorkerStatus::busy).count();
    }
}
