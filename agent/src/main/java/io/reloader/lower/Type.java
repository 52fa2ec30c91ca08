// SPDX-License-Identifier: Apache-2.0
package io.reloader.lower;

import java.util.List;
import java.util.Map;
import org.objectweb.asm.Opcodes;

/**
 * A class as it will be: what its source says, and which of it lives in companions.
 *
 * @param name internal name
 * @param supertypes superclass first, unless it is an interface
 * @param methods flags by name and descriptor
 * @param fields flags by name and descriptor
 * @param pinned what the JVM knows it with
 * @param changeable whether it is one of the application's own that a reload may redefine
 */
public record Type(
        String name,
        int access,
        List<String> supertypes,
        Map<String, Integer> methods,
        Map<String, Integer> fields,
        Pinned pinned,
        Homes homes,
        boolean changeable) {

    /**
     * The members that a class was loaded with; what its source has no more among them is left over.
     *
     * @param methods flags by name and descriptor
     * @param fields flags by name and descriptor
     */
    public record Pinned(Map<String, Integer> methods, Map<String, Integer> fields) {}

    boolean is(int flag) {
        return (access & flag) != 0;
    }

    boolean isInterface() {
        return is(Opcodes.ACC_INTERFACE);
    }

    /** Whether a class of this name may name it. */
    boolean visibleFrom(String other) {
        return is(Opcodes.ACC_PUBLIC) || packageName().equals(packageOf(other));
    }

    String packageName() {
        return packageOf(name);
    }

    static String packageOf(String name) {
        return name.substring(0, Math.max(0, name.lastIndexOf('/')));
    }
}
