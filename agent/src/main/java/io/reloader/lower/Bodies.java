// SPDX-License-Identifier: Apache-2.0
package io.reloader.lower;

import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/** Method bodies, copied and made. */
final class Bodies {
    private static final int MOVED = Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC;

    private Bodies() {}

    static MethodNode copy(MethodNode method) {
        MethodNode copy = new MethodNode(
                Opcodes.ASM9,
                method.access,
                method.name,
                method.desc,
                method.signature,
                method.exceptions.toArray(String[]::new));
        method.accept(copy);
        return copy;
    }

    /** As a static method; what was called on nothing fails as it did. */
    static MethodNode moved(MethodNode method, Home home) {
        MethodNode body = copy(method);
        boolean bound = (method.access & Opcodes.ACC_STATIC) == 0;
        body.access = MOVED | (method.access & (Opcodes.ACC_SYNTHETIC | Opcodes.ACC_VARARGS));
        body.name = home.name();
        body.desc = home.descriptor();
        body.signature = null;
        body.visibleAnnotations = null;
        body.visibleParameterAnnotations = null;
        body.invisibleParameterAnnotations = null;
        body.parameters = null;
        body.annotationDefault = null;
        if ((method.access & Opcodes.ACC_ABSTRACT) != 0) {
            absent(body, method);
        } else if (bound && !method.name.startsWith("lambda$")) {
            InsnList check = new InsnList();
            check.add(new VarInsnNode(Opcodes.ALOAD, 0));
            check.add(new MethodInsnNode(
                    Opcodes.INVOKESTATIC,
                    "java/util/Objects",
                    "requireNonNull",
                    "(Ljava/lang/Object;)Ljava/lang/Object;",
                    false));
            check.add(new InsnNode(Opcodes.POP));
            body.instructions.insert(check);
        }
        return body;
    }

    private static void absent(MethodNode body, MethodNode method) {
        String error = "java/lang/AbstractMethodError";
        body.instructions.add(new TypeInsnNode(Opcodes.NEW, error));
        body.instructions.add(new InsnNode(Opcodes.DUP));
        body.instructions.add(new LdcInsnNode(method.name + method.desc));
        body.instructions.add(
                new MethodInsnNode(Opcodes.INVOKESPECIAL, error, "<init>", "(Ljava/lang/String;)V", false));
        body.instructions.add(new InsnNode(Opcodes.ATHROW));
    }

    /**
     * Has receivers of these classes run the override that lives in their home.
     *
     * @param hidden those that the owner's package may not name
     */
    static void caught(MethodNode body, String owner, Map<String, Home> overrides, Predicate<String> hidden) {
        InsnList tests = new InsnList();
        overrides.forEach((type, home) -> {
            LabelNode other = new LabelNode();
            boolean linked = hidden.test(type);
            tests.add(new VarInsnNode(Opcodes.ALOAD, 0));
            tests.add(linked ? Link.is(type) : new TypeInsnNode(Opcodes.INSTANCEOF, type));
            tests.add(new JumpInsnNode(Opcodes.IFEQ, other));
            load(tests, home.descriptor(), linked ? null : type);
            tests.add(linked ? Link.caught(home, owner) : to(home));
            tests.add(new InsnNode(Type.getReturnType(home.descriptor()).getOpcode(Opcodes.IRETURN)));
            tests.add(other);
            tests.add(entry(body, owner));
            // A second frame in the same place is not possible.
            tests.add(new InsnNode(Opcodes.NOP));
        });
        body.instructions.insert(tests);
    }

    /** A copy without the tests for overrides. */
    static MethodNode uncaught(MethodNode method) {
        MethodNode body = copy(method);
        AbstractInsnNode end = endOfTest(body.instructions.getFirst());
        while (end != null) {
            while (body.instructions.getFirst() != end) {
                body.instructions.remove(body.instructions.getFirst());
            }
            body.instructions.remove(end);
            end = endOfTest(body.instructions.getFirst());
        }
        return body;
    }

    /** Null if no test for an override begins here. */
    private static @Nullable AbstractInsnNode endOfTest(@Nullable AbstractInsnNode begin) {
        if (begin == null
                || begin.getOpcode() != Opcodes.ALOAD
                || !isTest(begin.getNext())
                || !(begin.getNext().getNext() instanceof JumpInsnNode jump && jump.getOpcode() == Opcodes.IFEQ)) {
            return null;
        }
        AbstractInsnNode end = jump.label.getNext();
        while (end instanceof FrameNode) {
            end = end.getNext();
        }
        return end != null && end.getOpcode() == Opcodes.NOP ? end : null;
    }

    private static boolean isTest(AbstractInsnNode at) {
        return at.getOpcode() == Opcodes.INSTANCEOF
                || (at instanceof InvokeDynamicInsnNode linked && Link.isTest(linked));
    }

    /** Passes its parameters on to a method of its own name, and returns what that does. */
    static void call(MethodNode body, int opcode, String owner, boolean ofInterface) {
        body.instructions.clear();
        body.tryCatchBlocks.clear();
        body.localVariables = null;
        int slot = 0;
        if (opcode != Opcodes.INVOKESTATIC) {
            body.instructions.add(new VarInsnNode(Opcodes.ALOAD, slot++));
        }
        for (Type each : Type.getArgumentTypes(body.desc)) {
            body.instructions.add(new VarInsnNode(each.getOpcode(Opcodes.ILOAD), slot));
            slot += each.getSize();
        }
        body.instructions.add(new MethodInsnNode(opcode, owner, body.name, body.desc, ofInterface));
        body.instructions.add(new InsnNode(Type.getReturnType(body.desc).getOpcode(Opcodes.IRETURN)));
    }

    /** A method that runs another under its class's or its receiver's lock. */
    static MethodNode locked(Home home, Home held, boolean bound, String owner) {
        MethodNode body = new MethodNode(MOVED, home.name(), home.descriptor(), null, null);
        LabelNode begin = new LabelNode();
        LabelNode end = new LabelNode();
        LabelNode failed = new LabelNode();
        int lock = Type.getArgumentsAndReturnSizes(home.descriptor()) >> 2;
        body.instructions.add(bound ? new VarInsnNode(Opcodes.ALOAD, 0) : new LdcInsnNode(Type.getObjectType(owner)));
        body.instructions.add(new InsnNode(Opcodes.DUP));
        body.instructions.add(new VarInsnNode(Opcodes.ASTORE, lock));
        body.instructions.add(new InsnNode(Opcodes.MONITORENTER));
        body.instructions.add(begin);
        load(body.instructions, home.descriptor(), null);
        body.instructions.add(to(held));
        body.instructions.add(new VarInsnNode(Opcodes.ALOAD, lock));
        body.instructions.add(new InsnNode(Opcodes.MONITOREXIT));
        body.instructions.add(end);
        body.instructions.add(new InsnNode(Type.getReturnType(home.descriptor()).getOpcode(Opcodes.IRETURN)));
        body.instructions.add(failed);
        FrameNode frame = entry(body, owner);
        Object[] locals = new Object[lock];
        int slot = 0;
        int i = 0;
        for (Object each : frame.local) {
            locals[i++] = each;
            slot += each == Opcodes.LONG || each == Opcodes.DOUBLE ? 2 : 1;
        }
        while (slot < lock) {
            locals[i++] = Opcodes.TOP;
            slot++;
        }
        Object[] all = java.util.Arrays.copyOf(locals, i + 1);
        all[i] = "java/lang/Object";
        body.instructions.add(new FrameNode(Opcodes.F_NEW, all.length, all, 1, new Object[] {"java/lang/Throwable"}));
        body.instructions.add(new VarInsnNode(Opcodes.ALOAD, lock));
        body.instructions.add(new InsnNode(Opcodes.MONITOREXIT));
        body.instructions.add(new InsnNode(Opcodes.ATHROW));
        body.tryCatchBlocks.add(new TryCatchBlockNode(begin, end, failed, null));
        return body;
    }

    /** Every parameter of a static method; the first as another class, if that is given. */
    private static void load(InsnList code, String descriptor, @Nullable String first) {
        int slot = 0;
        for (Type each : Type.getArgumentTypes(descriptor)) {
            code.add(new VarInsnNode(each.getOpcode(Opcodes.ILOAD), slot));
            if (slot == 0 && first != null) {
                code.add(new TypeInsnNode(Opcodes.CHECKCAST, first));
            }
            slot += each.getSize();
        }
    }

    private static MethodInsnNode to(Home home) {
        return new MethodInsnNode(Opcodes.INVOKESTATIC, home.companion(), home.name(), home.descriptor(), false);
    }

    /** What the verifier knows when the method is entered. */
    static FrameNode entry(MethodNode method, String owner) {
        boolean bound = (method.access & Opcodes.ACC_STATIC) == 0;
        Type[] parameters = Type.getArgumentTypes(method.desc);
        Object[] locals = new Object[parameters.length + (bound ? 1 : 0)];
        if (bound) {
            locals[0] = method.name.equals("<init>") ? Opcodes.UNINITIALIZED_THIS : owner;
        }
        for (int i = 0; i < parameters.length; i++) {
            locals[i + (bound ? 1 : 0)] = switch (parameters[i].getSort()) {
                case Type.LONG -> Opcodes.LONG;
                case Type.DOUBLE -> Opcodes.DOUBLE;
                case Type.FLOAT -> Opcodes.FLOAT;
                case Type.ARRAY, Type.OBJECT -> parameters[i].getInternalName();
                default -> Opcodes.INTEGER;
            };
        }
        return new FrameNode(Opcodes.F_NEW, locals.length, locals, 0, new Object[0]);
    }
}
