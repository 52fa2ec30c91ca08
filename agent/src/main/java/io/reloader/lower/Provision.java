// SPDX-License-Identifier: Apache-2.0
package io.reloader.lower;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * What a class is given when it is loaded, for changes to come: a slot for instance fields, and those methods of Object
 * that code of the JDK calls, each of which does what it would without. Immutable; any thread that loads a class.
 *
 * @param methods by name and descriptor
 */
public record Provision(boolean slot, Set<String> methods) {
    public static final Provision NONE = new Provision(false, Set.of());

    /** Named so that it meets no other; private and transient, so that it is no part of a serialized form. */
    public static final String SLOT = "$reloader";

    private static final String STRING = "toString()Ljava/lang/String;";
    /** Those that there are, by name and descriptor. */
    public static final Set<String> METHODS = Set.of(STRING, "equals(Ljava/lang/Object;)Z", "hashCode()I");

    public Provision {
        methods = Set.copyOf(methods);
    }

    /**
     * What to give a class.
     *
     * @param provided whether a superclass will have been given it
     * @param serializable whether an interface makes a class serializable, or may
     */
    public static Provision of(byte[] bytes, Predicate<String> provided, Predicate<String> serializable) {
        ClassReader reader = new ClassReader(bytes);
        int kind = Opcodes.ACC_INTERFACE | Opcodes.ACC_MODULE;
        String superclass = reader.getSuperName();
        if ((reader.getAccess() & kind) != 0
                || superclass == null
                || superclass.equals("java/lang/Record")
                || provided.test(superclass)) {
            return NONE;
        }
        if (superclass.equals("java/lang/Enum")) {
            return new Provision(true, Set.of(STRING));
        }
        // More methods would give a serialized class another version number, unless it states its own.
        boolean free = superclass.equals("java/lang/Object")
                && List.of(reader.getInterfaces()).stream().noneMatch(serializable);
        return new Provision(true, free ? METHODS : Set.of());
    }

    /** The class with what it has not got of it. */
    public byte[] in(byte[] bytes) {
        if (equals(NONE)) {
            return bytes;
        }
        ClassReader reader = new ClassReader(bytes);
        ClassWriter writer = new ClassWriter(reader, 0);
        reader.accept(new Giving(writer), 0);
        return writer.toByteArray();
    }

    private final class Giving extends ClassVisitor {
        private final Set<String> missing = new HashSet<>(methods);
        private boolean slotted;
        private String superclass = "";

        Giving(ClassVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public void visit(
                int version, int access, String name, String signature, String superName, String[] interfaces) {
            superclass = superName;
            super.visit(version, access, name, signature, superName, interfaces);
        }

        @Override
        public FieldVisitor visitField(int access, String name, String descriptor, String signature, Object value) {
            slotted |= name.equals(SLOT);
            return super.visitField(access, name, descriptor, signature, value);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            missing.remove(name + descriptor);
            return super.visitMethod(access, name, descriptor, signature, exceptions);
        }

        @Override
        public void visitEnd() {
            if (slot && !slotted) {
                int access = Opcodes.ACC_PRIVATE | Opcodes.ACC_TRANSIENT | Opcodes.ACC_SYNTHETIC;
                super.visitField(access, SLOT, "Ljava/lang/Object;", null, null).visitEnd();
            }
            missing.stream().sorted().forEach(this::passOn);
            super.visitEnd();
        }

        private void passOn(String method) {
            int at = method.indexOf('(');
            String name = method.substring(0, at);
            String descriptor = method.substring(at);
            MethodVisitor code =
                    super.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_SYNTHETIC, name, descriptor, null, null);
            int slots = 0;
            code.visitCode();
            code.visitVarInsn(Opcodes.ALOAD, slots++);
            for (Type each : Type.getArgumentTypes(descriptor)) {
                code.visitVarInsn(each.getOpcode(Opcodes.ILOAD), slots++);
            }
            code.visitMethodInsn(Opcodes.INVOKESPECIAL, superclass, name, descriptor, false);
            code.visitInsn(Type.getReturnType(descriptor).getOpcode(Opcodes.IRETURN));
            code.visitMaxs(slots, slots);
            code.visitEnd();
        }
    }
}
