// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

/**
 * What every kind works with.
 *
 * @param threads what is known about threads
 * @param registry the pools met so far
 * @param turns how threads that keep on running come to the new code
 * @param wake has the control thread look again; called by workers
 * @param batch how many workers of a pool may be missing at once
 * @param lives who is told of each worker
 */
record Tools(Threads threads, Registry registry, Turns turns, Runnable wake, int batch, Lives lives) {}
