// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

/**
 * What a class file names outside of itself, or in itself, that the JVM links when it runs.
 *
 * @param owner internal name, or the descriptor of an array
 * @param name empty for a type
 * @param descriptor empty for a type
 * @param ofInterface whether the class file says that the owner is an interface
 */
record Reference(Kind kind, String owner, String name, String descriptor, boolean ofInterface) {

    /** What is done with it. */
    enum Kind {
        TYPE,
        NEW,
        GET,
        PUT,
        GET_STATIC,
        PUT_STATIC,
        CALL,
        CALL_SPECIAL,
        CALL_STATIC;

        boolean ofField() {
            return this == GET || this == PUT || this == GET_STATIC || this == PUT_STATIC;
        }

        boolean ofStatic() {
            return this == GET_STATIC || this == PUT_STATIC || this == CALL_STATIC;
        }

        boolean writes() {
            return this == PUT || this == PUT_STATIC;
        }
    }

    static Reference type(Kind kind, String owner) {
        return new Reference(kind, owner, "", "", false);
    }

    /** The class to look in; empty for an array of a primitive type. */
    String type() {
        if (!owner.startsWith("[")) {
            return owner;
        }
        int element = owner.lastIndexOf('[') + 1;
        return owner.charAt(element) == 'L' ? owner.substring(element + 1, owner.length() - 1) : "";
    }

    boolean ofArray() {
        return owner.startsWith("[");
    }

    /** The member, or the type, in the programmer's words. */
    String human() {
        if (name.isEmpty()) {
            return Names.type(type());
        }
        return kind.ofField() ? Names.field(owner, name) : Names.method(owner, name, descriptor);
    }
}
