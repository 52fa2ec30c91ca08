// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import io.reloader.lower.Carriage;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodTooLargeException;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * A class whose changed methods hold their old and their new body and pick one by thread. Of two versions of one
 * shape; a pure function.
 */
final class DualBody {
    private static final String VERSIONS = "java/util/concurrent/ReloaderVersions";
    private static final String CONSTRUCTORS = "java/util/concurrent/ReloaderConstructors";

    /** The first class files that the JVM verifies by frames alone. */
    private static final int FRAMES_NEEDED = Opcodes.V1_7;

    private static final int FRAMES_KNOWN = Opcodes.V1_6;

    private final ClassNode old;
    private final ClassNode next;

    private DualBody(ClassNode old, ClassNode next) {
        this.old = old;
        this.next = next;
    }

    /** Empty if the two cannot be one class file: for a method that would be too long, for a format too old. */
    static Optional<byte[]> of(byte[] old, byte[] next) {
        Set<String> changed = changed(old, next);
        ClassNode before = ClassDiff.read(old, ClassReader.EXPAND_FRAMES);
        ClassNode after = ClassDiff.read(next, ClassReader.EXPAND_FRAMES);
        int version = Math.max(major(before), major(after));
        if (version >= FRAMES_NEEDED && Math.min(major(before), major(after)) < FRAMES_KNOWN) {
            return Optional.empty();
        }
        return new DualBody(before, after).merge(changed);
    }

    /** The methods that do something else in the two, line numbers aside; a static initialiser has run already. */
    private static Set<String> changed(byte[] old, byte[] next) {
        int code = ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES;
        Map<String, MethodNode> before = methods(ClassDiff.read(old, code));
        Set<String> changed = new HashSet<>();
        methods(ClassDiff.read(next, code)).forEach((signature, method) -> {
            MethodNode was = before.get(signature);
            if (was != null
                    && method.instructions.size() > 0
                    && !method.name.equals("<clinit>")
                    && !Arrays.equals(Canon.of(was), Canon.of(method))) {
                changed.add(signature);
            }
        });
        return changed;
    }

    private Optional<byte[]> merge(Set<String> changed) {
        Map<String, MethodNode> before = methods(old);
        next.version = Math.max(old.version, next.version);
        for (MethodNode method : next.methods) {
            MethodNode was = before.get(method.name + method.desc);
            if (was != null && changed.contains(method.name + method.desc)) {
                merge(was, method);
            }
        }
        ClassWriter writer = new ClassWriter(0);
        try {
            next.accept(writer);
            return Optional.of(writer.toByteArray());
        } catch (MethodTooLargeException e) {
            return Optional.empty();
        }
    }

    private void merge(MethodNode was, MethodNode method) {
        InsnList both = new InsnList();
        LabelNode current = new LabelNode();
        if (Carriage.last(method) > 0) {
            both.add(new LdcInsnNode(Type.getObjectType(next.name)));
            both.add(new IntInsnNode(Opcodes.SIPUSH, Carriage.last(was)));
            both.add(new MethodInsnNode(Opcodes.INVOKESTATIC, CONSTRUCTORS, "old", "(Ljava/lang/Class;I)Z", false));
        } else {
            both.add(new MethodInsnNode(Opcodes.INVOKESTATIC, VERSIONS, "old", "()Z", false));
        }
        both.add(new JumpInsnNode(Opcodes.IFEQ, current));
        both.add(was.instructions);
        both.add(current);
        if (major(next) >= FRAMES_KNOWN && !beginsWithFrame(method.instructions)) {
            both.add(atEntry(method));
            // A second frame in the same place is not possible.
            both.add(new InsnNode(Opcodes.NOP));
        }
        both.add(method.instructions);
        method.instructions = both;
        method.tryCatchBlocks.addAll(0, was.tryCatchBlocks);
        if (method.localVariables != null && was.localVariables != null) {
            method.localVariables.addAll(was.localVariables);
        }
        method.maxStack = Math.max(Math.max(was.maxStack, method.maxStack), 2);
        method.maxLocals = Math.max(was.maxLocals, method.maxLocals);
    }

    private static boolean beginsWithFrame(InsnList code) {
        AbstractInsnNode first = code.getFirst();
        while (first != null && first.getOpcode() < 0) {
            if (first instanceof FrameNode) {
                return true;
            }
            first = first.getNext();
        }
        return false;
    }

    /** What the verifier knows when the method is entered. */
    private FrameNode atEntry(MethodNode method) {
        boolean bound = (method.access & Opcodes.ACC_STATIC) == 0;
        Type[] parameters = Type.getArgumentTypes(method.desc);
        Object[] locals = new Object[parameters.length + (bound ? 1 : 0)];
        if (bound) {
            locals[0] = method.name.equals("<init>") ? Opcodes.UNINITIALIZED_THIS : next.name;
        }
        for (int i = 0; i < parameters.length; i++) {
            locals[i + (bound ? 1 : 0)] = known(parameters[i]);
        }
        return new FrameNode(Opcodes.F_NEW, locals.length, locals, 0, new Object[0]);
    }

    private static @Nullable Object known(Type type) {
        return switch (type.getSort()) {
            case Type.LONG -> Opcodes.LONG;
            case Type.DOUBLE -> Opcodes.DOUBLE;
            case Type.FLOAT -> Opcodes.FLOAT;
            case Type.ARRAY, Type.OBJECT -> type.getInternalName();
            default -> Opcodes.INTEGER;
        };
    }

    private static int major(ClassNode node) {
        return node.version & 0xffff;
    }

    private static Map<String, MethodNode> methods(ClassNode node) {
        Map<String, MethodNode> methods = new HashMap<>();
        node.methods.forEach(method -> methods.put(method.name + method.desc, method));
        return methods;
    }
}
