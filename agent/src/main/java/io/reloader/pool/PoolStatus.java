// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.List;

/**
 * A pool with its workers, for the operator.
 *
 * @param pool what it is called and what it is for
 * @param pinned whether its workers keep their threads
 */
public record PoolStatus(PoolInfo pool, boolean pinned, List<WorkerStatus> workers) {
    public PoolStatus {
        workers = List.copyOf(workers);
    }
}
