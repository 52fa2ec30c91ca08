// SPDX-License-Identifier: Apache-2.0
package io.reloader.lower;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/** The array that the arguments of an added constructor travel in: behind its class and its number there. */
final class Armed {
    static final String ARRAY = "[Ljava/lang/Object;";
    private static final int FIRST = 2;

    private Armed() {}

    /** A static method of the parameters that makes the array. */
    static MethodNode pack(Home home, String owner, int number) {
        MethodNode pack = new MethodNode(
                Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC,
                home.name(),
                home.descriptor(),
                null,
                null);
        Type[] parameters = Type.getArgumentTypes(home.descriptor());
        InsnList code = pack.instructions;
        code.add(push(FIRST + parameters.length));
        code.add(new TypeInsnNode(Opcodes.ANEWARRAY, "java/lang/Object"));
        code.add(new InsnNode(Opcodes.DUP));
        code.add(push(0));
        code.add(new LdcInsnNode(Type.getObjectType(owner)));
        code.add(new InsnNode(Opcodes.AASTORE));
        code.add(new InsnNode(Opcodes.DUP));
        code.add(push(1));
        code.add(push(number));
        box(code, Type.INT_TYPE);
        code.add(new InsnNode(Opcodes.AASTORE));
        int slot = 0;
        for (int i = 0; i < parameters.length; i++) {
            code.add(new InsnNode(Opcodes.DUP));
            code.add(push(FIRST + i));
            code.add(new VarInsnNode(parameters[i].getOpcode(Opcodes.ILOAD), slot));
            box(code, parameters[i]);
            code.add(new InsnNode(Opcodes.AASTORE));
            slot += parameters[i].getSize();
        }
        code.add(new InsnNode(Opcodes.ARETURN));
        return pack;
    }

    /** Puts what the array on the stack holds where a constructor of this descriptor has its parameters. */
    static InsnList unpack(String descriptor) {
        InsnList code = new InsnList();
        int array = Type.getArgumentsAndReturnSizes(descriptor) >> 2;
        code.add(new VarInsnNode(Opcodes.ASTORE, array));
        int slot = 1;
        int i = FIRST;
        for (Type each : Type.getArgumentTypes(descriptor)) {
            code.add(new VarInsnNode(Opcodes.ALOAD, array));
            code.add(push(i++));
            code.add(new InsnNode(Opcodes.AALOAD));
            unbox(code, each);
            code.add(new VarInsnNode(each.getOpcode(Opcodes.ISTORE), slot));
            slot += each.getSize();
        }
        code.add(new InsnNode(Opcodes.ACONST_NULL));
        code.add(new VarInsnNode(Opcodes.ASTORE, array));
        return code;
    }

    static IntInsnNode push(int number) {
        return new IntInsnNode(Opcodes.SIPUSH, number);
    }

    private static void box(InsnList code, Type type) {
        if (primitive(type)) {
            String box = box(type);
            code.add(new MethodInsnNode(
                    Opcodes.INVOKESTATIC, box, "valueOf", "(" + type.getDescriptor() + ")L" + box + ";", false));
        }
    }

    private static void unbox(InsnList code, Type type) {
        code.add(new TypeInsnNode(Opcodes.CHECKCAST, primitive(type) ? box(type) : type.getInternalName()));
        if (primitive(type)) {
            code.add(new MethodInsnNode(
                    Opcodes.INVOKEVIRTUAL,
                    box(type),
                    type.getClassName() + "Value",
                    "()" + type.getDescriptor(),
                    false));
        }
    }

    private static boolean primitive(Type type) {
        return type.getSort() < Type.ARRAY;
    }

    private static String box(Type type) {
        return switch (type.getSort()) {
            case Type.BOOLEAN -> "java/lang/Boolean";
            case Type.CHAR -> "java/lang/Character";
            case Type.BYTE -> "java/lang/Byte";
            case Type.SHORT -> "java/lang/Short";
            case Type.LONG -> "java/lang/Long";
            case Type.FLOAT -> "java/lang/Float";
            case Type.DOUBLE -> "java/lang/Double";
            default -> "java/lang/Integer";
        };
    }
}
