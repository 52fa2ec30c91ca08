// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

/**
 * One look at a worker.
 *
 * @param busy whether it holds a unit of work
 * @param completed how many it has completed, -1 if nobody counts
 */
record WorkerLook(Thread thread, boolean busy, long completed) {}
