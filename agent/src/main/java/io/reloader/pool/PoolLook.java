// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

/**
 * One look at a pool.
 *
 * @param idle whether no worker holds a task and none is queued, as far as one look can tell
 * @param queued whether a task waits that could run now
 * @param completed how many tasks have been completed since the pool's birth
 */
record PoolLook(boolean idle, boolean queued, long completed) {}
