// SPDX-License-Identifier: Apache-2.0
package io.reloader.weave;

/**
 * Which class is woven, and what the operator is told of it.
 *
 * @param kind what the operator knows it as
 * @param loss what the operator misses when the class is not the known one
 */
public record Aim(String kind, Target target, String loss) {}
