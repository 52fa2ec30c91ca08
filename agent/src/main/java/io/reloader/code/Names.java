// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.objectweb.asm.Type;

/** Classes and members as a Java programmer writes them. */
final class Names {
    private Names() {}

    static String type(String internal) {
        return internal.replace('/', '.');
    }

    /** {@code com.acme.Cart.total(int, java.lang.String)}; a constructor without its {@code <init>}. */
    static String method(String owner, String name, String descriptor) {
        return (name.equals("<init>") ? type(owner) : type(owner) + "." + name) + parameters(descriptor);
    }

    static String field(String owner, String name) {
        return type(owner) + "." + name;
    }

    static String fieldType(String descriptor) {
        return Type.getType(descriptor).getClassName();
    }

    /** {@code int total(long)}. */
    static String signature(String name, String descriptor) {
        return Type.getReturnType(descriptor).getClassName() + " " + name + parameters(descriptor);
    }

    private static String parameters(String descriptor) {
        return Arrays.stream(Type.getArgumentTypes(descriptor))
                .map(Type::getClassName)
                .collect(Collectors.joining(", ", "(", ")"));
    }
}
