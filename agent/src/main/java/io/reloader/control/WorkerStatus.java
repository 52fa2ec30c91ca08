// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

/**
 * A worker, for the operator.
 *
 * @param thread its name
 * @param busy whether it holds a unit of work
 * @param nanos for how long at least it has been busy with the same one, or idle: since the first look that found it so
 * @param generation the last reload before its thread was made, 0 if none; of a pinned worker the last reload
 * @param completed how many units of work it has completed, -1 if nobody counts
 * @param place the frame that a busy one is in; empty if it is idle, or one of too many
 */
public record WorkerStatus(String thread, boolean busy, long nanos, int generation, long completed, String place) {}
