// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.lang.reflect.Modifier;

/** Modifiers in words, as far as the language has words for them. */
final class Flags {
    private Flags() {}

    static String ofClass(int before, int after) {
        return change(before & Modifier.classModifiers(), after & Modifier.classModifiers());
    }

    static String ofMethod(int before, int after) {
        return change(before & Modifier.methodModifiers(), after & Modifier.methodModifiers());
    }

    static String ofField(int before, int after) {
        return change(before & Modifier.fieldModifiers(), after & Modifier.fieldModifiers());
    }

    private static String change(int before, int after) {
        return before == after ? "" : " from " + words(before) + " to " + words(after);
    }

    private static String words(int flags) {
        return flags == 0 ? "none" : Modifier.toString(flags);
    }
}
