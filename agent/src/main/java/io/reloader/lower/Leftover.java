// SPDX-License-Identifier: Apache-2.0
package io.reloader.lower;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * A method that a class was loaded with and that its source has no more: the JVM runs it all the same, so it does what
 * the class inherits in its place. Where it inherits nothing, only code that has not changed can call it, and finds it
 * as it was.
 */
final class Leftover {
    private final Types types;
    private final Type type;
    private final ClassNode after;

    private Leftover(Types types, Type type, ClassNode after) {
        this.types = types;
        this.type = type;
        this.after = after;
    }

    /** What passes the call on; null if there is nothing to pass it on to. */
    static @Nullable MethodNode passing(MethodNode old, ClassNode after, Types types) {
        Type type = types.find(after.name);
        boolean special = old.name.startsWith("<") || old.name.startsWith("lambda$");
        boolean code = (old.access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) == 0;
        return type == null || special || !code ? null : new Leftover(types, type, after).passing(old);
    }

    private @Nullable MethodNode passing(MethodNode old) {
        String key = old.name + old.desc;
        Types.Member above = types.inherited(type, key);
        boolean isStatic = (old.access & Opcodes.ACC_STATIC) != 0;
        if (above == null
                || above.is(Opcodes.ACC_ABSTRACT)
                || !above.reaches(type)
                || above.is(Opcodes.ACC_STATIC) != isStatic) {
            return null;
        }
        int opcode = isStatic
                ? Opcodes.INVOKESTATIC
                : (old.access & Opcodes.ACC_PRIVATE) == 0 ? Opcodes.INVOKESPECIAL : Opcodes.INVOKEVIRTUAL;
        String owner = owner(above);
        if (owner == null) {
            return null;
        }
        MethodNode passing = Bodies.copy(old);
        boolean ofInterface = !owner.equals(after.superName) || type.isInterface();
        Bodies.call(
                passing,
                ofInterface && opcode == Opcodes.INVOKEVIRTUAL ? Opcodes.INVOKEINTERFACE : opcode,
                owner,
                ofInterface);
        return passing;
    }

    /** The direct supertype that has it, or inherits it; null if none does. */
    private @Nullable String owner(Types.Member above) {
        if (!type.isInterface() && after.superName != null && leadsTo(after.superName, above)) {
            return after.superName;
        }
        return after.interfaces.stream()
                .filter(each -> leadsTo(each, above))
                .findFirst()
                .orElse(null);
    }

    private boolean leadsTo(String supertype, Types.Member above) {
        Types.Member found = types.method(supertype, above.key());
        return found != null
                && found.declaring().name().equals(above.declaring().name());
    }
}
