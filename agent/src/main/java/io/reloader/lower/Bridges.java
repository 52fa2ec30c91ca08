// SPDX-License-Identifier: Apache-2.0
package io.reloader.lower;

import java.util.function.BiFunction;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/** Static methods that do what a method handle would, where the JVM does not let the handle be made. */
final class Bridges {
    private static final int FLAGS = Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC;

    private final Types types;

    /** Makes a place for a body, by what it is for and what it is. */
    private final BiFunction<String, MethodNode, Home> places;

    Bridges(Types types, BiFunction<String, MethodNode, Home> places) {
        this.types = types;
        this.places = places;
    }

    Handle to(Handle handle, Place from) {
        boolean made = handle.getTag() == Opcodes.H_NEWINVOKESPECIAL;
        boolean special = handle.getTag() == Opcodes.H_INVOKESPECIAL;
        String receiver = special ? from.host() : handle.getOwner();
        String descriptor = made
                ? Type.getMethodDescriptor(
                        Type.getObjectType(handle.getOwner()), Type.getArgumentTypes(handle.getDesc()))
                : handle.getTag() == Opcodes.H_INVOKESTATIC ? handle.getDesc() : Link.bound(receiver, handle.getDesc());
        MethodNode body = new MethodNode(FLAGS, "ref$" + (made ? "new" : handle.getName()), descriptor, null, null);
        if (made) {
            body.instructions.add(new TypeInsnNode(Opcodes.NEW, handle.getOwner()));
            body.instructions.add(new InsnNode(Opcodes.DUP));
        }
        int slot = 0;
        for (Type each : Type.getArgumentTypes(descriptor)) {
            body.instructions.add(new VarInsnNode(each.getOpcode(Opcodes.ILOAD), slot));
            slot += each.getSize();
        }
        body.maxLocals = slot;
        body.instructions.add(new MethodInsnNode(
                opcode(handle.getTag()), handle.getOwner(), handle.getName(), handle.getDesc(), handle.isInterface()));
        body.instructions.add(new InsnNode(Type.getReturnType(descriptor).getOpcode(Opcodes.IRETURN)));
        new Rewrite(types, Place.inCompanion(from.host()), this).of(body);
        return Link.handle(places.apply("ref " + handle, body));
    }

    private static int opcode(int tag) {
        return switch (tag) {
            case Opcodes.H_INVOKESTATIC -> Opcodes.INVOKESTATIC;
            case Opcodes.H_INVOKEINTERFACE -> Opcodes.INVOKEINTERFACE;
            case Opcodes.H_INVOKESPECIAL, Opcodes.H_NEWINVOKESPECIAL -> Opcodes.INVOKESPECIAL;
            default -> Opcodes.INVOKEVIRTUAL;
        };
    }
}
