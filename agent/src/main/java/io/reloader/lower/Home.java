// SPDX-License-Identifier: Apache-2.0
package io.reloader.lower;

/**
 * Where an added member lives: in a companion, as a static one. For ever, once the companion is defined.
 *
 * @param companion internal name
 * @param awaits whether the static initialiser of its class sets it, which had not run when it was added
 */
public record Home(String companion, String name, String descriptor, boolean awaits) {
    Home(String companion, String name, String descriptor) {
        this(companion, name, descriptor, false);
    }
}
