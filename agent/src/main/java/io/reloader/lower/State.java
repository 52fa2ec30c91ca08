// SPDX-License-Identifier: Apache-2.0
package io.reloader.lower;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Instance fields that were added: a companion with such fields is made once for each object, and found from it by a
 * static method of its own.
 */
final class State {
    private static final String STATE = "java/util/concurrent/ReloaderState";
    private static final String FIND = "state";
    private static final Handle LINK = new Handle(
            Opcodes.H_INVOKESTATIC,
            "java/util/concurrent/ReloaderMembers",
            "state",
            "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/invoke/MethodType;)"
                    + "Ljava/lang/invoke/CallSite;",
            false);

    private State() {}

    /** Makes a companion one that objects of the host have. */
    static void make(ClassNode companion, String host) {
        companion.superName = STATE;
        MethodNode constructor = new MethodNode(Opcodes.ACC_PUBLIC, "<init>", "()V", null, null);
        constructor.instructions.add(new VarInsnNode(Opcodes.ALOAD, 0));
        constructor.instructions.add(new MethodInsnNode(Opcodes.INVOKESPECIAL, STATE, "<init>", "()V", false));
        constructor.instructions.add(new InsnNode(Opcodes.RETURN));
        companion.methods.add(constructor);
        companion.methods.add(find(companion.name, host));
    }

    private static MethodNode find(String companion, String host) {
        MethodNode find = new MethodNode(
                Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC,
                FIND,
                descriptor(host, companion),
                null,
                null);
        LabelNode other = new LabelNode();
        LabelNode known = new LabelNode();
        InsnList code = find.instructions;
        code.add(new VarInsnNode(Opcodes.ALOAD, 0));
        code.add(new InvokeDynamicInsnNode("first", "(L" + host + ";)Ljava/lang/Object;", LINK));
        code.add(new InsnNode(Opcodes.DUP));
        code.add(new TypeInsnNode(Opcodes.INSTANCEOF, companion));
        code.add(new JumpInsnNode(Opcodes.IFEQ, other));
        code.add(new TypeInsnNode(Opcodes.CHECKCAST, companion));
        code.add(new InsnNode(Opcodes.ARETURN));
        code.add(other);
        code.add(frame(host, "java/lang/Object"));
        code.add(new LdcInsnNode(Type.getObjectType(companion)));
        code.add(call("find", "(Ljava/lang/Object;Ljava/lang/Class;)L" + STATE + ";"));
        code.add(new InsnNode(Opcodes.DUP));
        code.add(new JumpInsnNode(Opcodes.IFNONNULL, known));
        code.add(new InsnNode(Opcodes.POP));
        code.add(new VarInsnNode(Opcodes.ALOAD, 0));
        code.add(new LdcInsnNode(Type.getObjectType(host)));
        code.add(new TypeInsnNode(Opcodes.NEW, companion));
        code.add(new InsnNode(Opcodes.DUP));
        code.add(new MethodInsnNode(Opcodes.INVOKESPECIAL, companion, "<init>", "()V", false));
        code.add(call("add", "(Ljava/lang/Object;Ljava/lang/Class;L" + STATE + ";)L" + STATE + ";"));
        code.add(known);
        code.add(frame(host, STATE));
        code.add(new TypeInsnNode(Opcodes.CHECKCAST, companion));
        code.add(new InsnNode(Opcodes.ARETURN));
        return find;
    }

    /** A use of a field that lives there, with the object and, if it is set, the value on the stack. */
    static InsnList use(String host, Home home, int opcode) {
        InsnList code = new InsnList();
        MethodInsnNode find = new MethodInsnNode(
                Opcodes.INVOKESTATIC, home.companion(), FIND, descriptor(host, home.companion()), false);
        if (opcode == Opcodes.GETFIELD) {
            code.add(find);
        } else if (Type.getType(home.descriptor()).getSize() == 1) {
            code.add(new InsnNode(Opcodes.SWAP));
            code.add(find);
            code.add(new InsnNode(Opcodes.SWAP));
        } else {
            code.add(new InsnNode(Opcodes.DUP2_X1));
            code.add(new InsnNode(Opcodes.POP2));
            code.add(find);
            code.add(new InsnNode(Opcodes.DUP_X2));
            code.add(new InsnNode(Opcodes.POP));
        }
        code.add(new FieldInsnNode(opcode, home.companion(), home.name(), home.descriptor()));
        return code;
    }

    /**
     * A constructor's assignment of a parameter that comes before its call of another constructor, where the object is
     * none yet: it is moved behind that call. Javac puts those of captured variables there.
     */
    static void afterConstruction(MethodNode constructor, FieldInsnNode put, MethodInsnNode construction) {
        AbstractInsnNode value = before(put);
        AbstractInsnNode receiver = value == null ? null : before(value);
        boolean plain = value instanceof VarInsnNode
                && receiver instanceof VarInsnNode self
                && self.var == 0
                && self.getOpcode() == Opcodes.ALOAD;
        if (!plain) {
            throw new Unexpressible("sets an added field before its superclass is constructed");
        }
        for (AbstractInsnNode each : new AbstractInsnNode[] {put, value, receiver}) {
            constructor.instructions.remove(each);
            constructor.instructions.insert(construction, each);
        }
    }

    private static @Nullable AbstractInsnNode before(AbstractInsnNode at) {
        AbstractInsnNode before = at.getPrevious();
        while (before != null && before.getOpcode() < 0) {
            before = before.getPrevious();
        }
        return before;
    }

    private static String descriptor(String host, String companion) {
        return "(L" + host + ";)L" + companion + ";";
    }

    private static MethodInsnNode call(String name, String descriptor) {
        return new MethodInsnNode(Opcodes.INVOKESTATIC, STATE, name, descriptor, false);
    }

    private static FrameNode frame(String local, String stack) {
        return new FrameNode(Opcodes.F_NEW, 1, new Object[] {local}, 1, new Object[] {stack});
    }
}
