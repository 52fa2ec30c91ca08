// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

/**
 * How a reload, a rollback or a stop has ended.
 *
 * @param number of the reload; 0 of a stop, and of what was never begun
 * @param command what was asked for
 * @param line what the operator is told
 * @param nanos how long it took, in nanoseconds
 */
public record Verdict(int number, Command command, Outcome outcome, String line, long nanos) {}
