// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

/**
 * What became of the wish to interrupt a worker that is behind.
 *
 * @param pool the pool's name
 * @param thread the worker's thread name
 * @param refusal why its thread was not interrupted ("it is inside a channel operation..."), or empty if it was
 */
public record Interruption(String pool, String thread, String refusal) {}
