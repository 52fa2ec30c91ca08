// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import org.jspecify.annotations.Nullable;

/** Class names that match even where a library has been relocated into another one's packages. */
final class Suffix {

    private Suffix() {}

    static boolean matches(String name, String suffix) {
        return name.endsWith(suffix)
                && (name.length() == suffix.length() || name.charAt(name.length() - suffix.length() - 1) == '.');
    }

    /** Whether the class or one of its superclasses is called so. */
    static boolean ofAny(@Nullable Class<?> type, String suffix) {
        for (Class<?> up = type; up != null; up = up.getSuperclass()) {
            if (matches(up.getName(), suffix)) {
                return true;
            }
        }
        return false;
    }
}
