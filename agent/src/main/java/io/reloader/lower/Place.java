// SPDX-License-Identifier: Apache-2.0
package io.reloader.lower;

/**
 * Where code stands.
 *
 * @param host the class whose source it is in
 * @param moved whether it is a static method now, with what was {@code this} as its first parameter
 * @param outside whether the JVM lets it use no private members of the host's nest
 */
record Place(String host, boolean moved, boolean outside) {
    static Place at(String host) {
        return new Place(host, false, false);
    }

    static Place inCompanion(String host) {
        return new Place(host, true, true);
    }

    /** Whether a constructor can call that one of a superclass, or of its own class. */
    boolean reaches(Type owner, int access) {
        return switch (Plan.breadth(access)) {
            case 0 ->
                owner.name().equals(host)
                        || (!outside && outermost(owner.name()).equals(outermost(host)));
            case 1 -> owner.packageName().equals(Type.packageOf(host));
            default -> true;
        };
    }

    /** Nests are what compilers name so. */
    private static String outermost(String name) {
        int at = name.indexOf('$');
        return at < 0 ? name : name.substring(0, at);
    }

    /** Of a class that came after its nest was closed. */
    static Place besideNest(String host) {
        return new Place(host, false, true);
    }
}
