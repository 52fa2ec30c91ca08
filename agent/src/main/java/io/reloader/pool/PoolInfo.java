// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import io.reloader.control.Role;

/**
 * A pool, for the operator.
 *
 * @param name made of its threads' names
 * @param role what it is for
 * @param reason why it is taken to be for that
 * @param workers how many threads it has
 */
public record PoolInfo(String name, Role role, String reason, int workers) {}
