// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

/** Why the JVM cannot take a change up. */
enum Rule {
    SUPERTYPES("a running JVM cannot change a class's supertypes"),
    CLASS_MODIFIERS("a running JVM cannot change a class's modifiers"),
    NEST("a running JVM cannot change which classes are nested in another"),
    RECORD("a running JVM cannot change a record's components"),
    PERMITTED("a running JVM cannot change which subclasses a sealed class permits"),
    METHODS("a running JVM cannot add or remove methods"),
    METHOD_MODIFIERS("a running JVM cannot change a method's modifiers"),
    LAMBDAS("a lambda is a method, and a running JVM cannot add or remove methods"),
    INITIALISER("a static initialiser is a method, and a running JVM cannot add or remove methods"),
    FIELDS("a running JVM cannot add, remove or change fields"),
    SWITCH_MAP("a switch would go by the table that it built before"),
    RENUMBERED("live objects would run another's body");

    private final String words;

    Rule(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    /** Whether there are changes of this kind that can be lowered. */
    boolean lowerable() {
        return switch (this) {
            case NEST, METHODS, METHOD_MODIFIERS, LAMBDAS, INITIALISER, FIELDS, SWITCH_MAP -> true;
            default -> false;
        };
    }
}
