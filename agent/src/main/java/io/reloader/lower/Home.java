// SPDX-License-Identifier: Apache-2.0
package io.reloader.lower;

/**
 * Where an added member lives: in a companion, as a static one. For ever, once the companion is defined.
 *
 * @param companion internal name
 */
public record Home(String companion, String name, String descriptor) {}
