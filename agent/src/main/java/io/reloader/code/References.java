// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import io.reloader.code.Reference.Kind;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Collects what the code of a class refers to, in the order of the code. A pure function. */
final class References extends ClassVisitor {
    /**
     * One place.
     *
     * @param member the class or method that refers, in the programmer's words
     */
    record Use(String member, Reference reference) {}

    private final Set<Use> uses = new LinkedHashSet<>();
    private String owner = "";

    private References() {
        super(Opcodes.ASM9);
    }

    static Set<Use> in(byte[] bytes) {
        References references = new References();
        new ClassReader(bytes).accept(references, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return references.uses;
    }

    static Set<Reference> bare(byte[] bytes) {
        return in(bytes).stream().map(Use::reference).collect(Collectors.toSet());
    }

    @Override
    public void visit(
            int version,
            int access,
            String name,
            @Nullable String signature,
            @Nullable String superName,
            String @Nullable [] interfaces) {
        owner = name;
        if (superName != null) {
            uses.add(new Use(Names.type(owner), Reference.type(Kind.TYPE, superName)));
        }
        if (interfaces != null) {
            for (String each : interfaces) {
                uses.add(new Use(Names.type(owner), Reference.type(Kind.TYPE, each)));
            }
        }
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
        boolean initialiser = name.equals("<clinit>");
        return new Code(initialiser ? Names.type(owner) : Names.method(owner, name, descriptor));
    }

    private final class Code extends MethodVisitor {
        private final String member;

        Code(String member) {
            super(Opcodes.ASM9);
            this.member = member;
        }

        @Override
        public void visitTypeInsn(int opcode, String type) {
            add(Reference.type(opcode == Opcodes.NEW ? Kind.NEW : Kind.TYPE, type));
        }

        @Override
        public void visitFieldInsn(int opcode, String of, String name, String descriptor) {
            Kind kind = switch (opcode) {
                case Opcodes.GETFIELD -> Kind.GET;
                case Opcodes.PUTFIELD -> Kind.PUT;
                case Opcodes.GETSTATIC -> Kind.GET_STATIC;
                default -> Kind.PUT_STATIC;
            };
            add(new Reference(kind, of, name, descriptor, false));
        }

        @Override
        public void visitMethodInsn(int opcode, String of, String name, String descriptor, boolean ofInterface) {
            Kind kind = switch (opcode) {
                case Opcodes.INVOKESTATIC -> Kind.CALL_STATIC;
                case Opcodes.INVOKESPECIAL -> Kind.CALL_SPECIAL;
                default -> Kind.CALL;
            };
            add(new Reference(kind, of, name, descriptor, ofInterface));
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
            constant(bootstrap);
            for (Object each : arguments) {
                constant(each);
            }
        }

        @Override
        public void visitLdcInsn(Object value) {
            constant(value);
        }

        @Override
        public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
            add(Reference.type(Kind.TYPE, descriptor));
        }

        @Override
        public void visitTryCatchBlock(Label start, Label end, Label handler, @Nullable String type) {
            if (type != null) {
                add(Reference.type(Kind.TYPE, type));
            }
        }

        private void constant(Object value) {
            if (value instanceof Handle handle) {
                add(handle(handle));
            } else if (value instanceof Type type && type.getSort() != Type.METHOD) {
                add(Reference.type(Kind.TYPE, type.getInternalName()));
            } else if (value instanceof ConstantDynamic dynamic) {
                constant(dynamic.getBootstrapMethod());
                for (int i = 0; i < dynamic.getBootstrapMethodArgumentCount(); i++) {
                    constant(dynamic.getBootstrapMethodArgument(i));
                }
            }
        }

        private static Reference handle(Handle handle) {
            Kind kind = switch (handle.getTag()) {
                case Opcodes.H_GETFIELD -> Kind.GET;
                case Opcodes.H_GETSTATIC -> Kind.GET_STATIC;
                case Opcodes.H_PUTFIELD -> Kind.PUT;
                case Opcodes.H_PUTSTATIC -> Kind.PUT_STATIC;
                case Opcodes.H_INVOKESTATIC -> Kind.CALL_STATIC;
                case Opcodes.H_NEWINVOKESPECIAL, Opcodes.H_INVOKESPECIAL -> Kind.CALL_SPECIAL;
                default -> Kind.CALL;
            };
            boolean field = handle.getTag() <= Opcodes.H_PUTSTATIC;
            return new Reference(
                    kind, handle.getOwner(), handle.getName(), handle.getDesc(), !field && handle.isInterface());
        }

        private void add(Reference reference) {
            uses.add(new Use(member, reference));
        }
    }
}
