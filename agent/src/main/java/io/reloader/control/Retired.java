// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

/**
 * A worker that a roll has replaced, or that has left by itself.
 *
 * @param pool the pool's name
 * @param thread the worker's thread name
 * @param nanos from the roll's begin until it had left, in nanoseconds
 */
public record Retired(String pool, String thread, long nanos) {}
