// SPDX-License-Identifier: Apache-2.0
package io.reloader.weave;

import org.jspecify.annotations.Nullable;

/**
 * Which classes are meant. Asked for every class that loads, on the application's threads, so that it compares little
 * where nothing fits.
 *
 * @param name with slashes; of a library class, of the copies relocated into another package, too
 * @param library whether any loader may define it; else only the JDK's own
 */
public record Target(String name, boolean library) {

    public static Target jdk(String name) {
        return new Target(name, false);
    }

    public static Target library(String name) {
        return new Target(name, true);
    }

    boolean fits(@Nullable ClassLoader loader, String internalName) {
        int more = internalName.length() - name.length();
        if (more < 0 || internalName.charAt(internalName.length() - 1) != name.charAt(name.length() - 1)) {
            return false;
        }
        if (!library) {
            return more == 0 && loader == null && internalName.equals(name);
        }
        return internalName.endsWith(name) && (more == 0 || internalName.charAt(more - 1) == '/');
    }
}
