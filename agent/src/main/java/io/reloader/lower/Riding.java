// SPDX-License-Identifier: Apache-2.0
package io.reloader.lower;

import java.util.Arrays;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Calls of added constructors: the arguments are left with the thread, and the carrier is called in their place. Whatever
 * fails before the carrier has taken them, they are not left for a later call.
 */
final class Riding {
    static final String CONSTRUCTORS = "java/util/concurrent/ReloaderConstructors";

    private Riding() {}

    /** Where objects are made with a constructor: a static method that returns one. */
    static Home home(String companion, String name, String owner, String descriptor) {
        return new Home(
                companion,
                name,
                Type.getMethodDescriptor(Type.getObjectType(owner), Type.getArgumentTypes(descriptor)));
    }

    /** The methods that a companion has for one constructor. */
    static List<MethodNode> methods(Home home, String owner, Carrier carrier, int number) {
        return List.of(make(home, owner, carrier), Armed.pack(pack(home), owner, number));
    }

    private static MethodNode make(Home home, String owner, Carrier carrier) {
        MethodNode make = new MethodNode(
                Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC,
                home.name(),
                home.descriptor(),
                null,
                null);
        boolean hidden = Plan.breadth(carrier.access()) == 0;
        InsnList code = make.instructions;
        // The class is initialised before anything is left that what that runs could take.
        code.add(new TypeInsnNode(Opcodes.NEW, owner));
        code.add(new InsnNode(hidden ? Opcodes.POP : Opcodes.DUP));
        int slot = 0;
        for (Type each : Type.getArgumentTypes(home.descriptor())) {
            code.add(new VarInsnNode(each.getOpcode(Opcodes.ILOAD), slot));
            slot += each.getSize();
        }
        String made = Type.getMethodDescriptor(Type.getObjectType(owner), Type.getArgumentTypes(carrier.descriptor()));
        AbstractInsnNode call = hidden
                ? Link.call(Place.inCompanion(owner), Link.NEW, owner, "<init>", made)
                : new MethodInsnNode(Opcodes.INVOKESPECIAL, owner, "<init>", carrier.descriptor(), false);
        code.add(call);
        code.add(new InsnNode(Opcodes.ARETURN));
        make.maxLocals = slot;
        guarded(make, call, home, carrier);
        return make;
    }

    /** Has a constructor call an added one on its own object. */
    static void ride(MethodNode constructor, MethodInsnNode call, Home home, Carrier carrier) {
        MethodInsnNode instead =
                new MethodInsnNode(Opcodes.INVOKESPECIAL, call.owner, "<init>", carrier.descriptor(), false);
        constructor.instructions.set(call, instead);
        armed(constructor, instead, home, carrier, "armWithRoom");
    }

    private static void guarded(MethodNode method, AbstractInsnNode call, Home home, Carrier carrier) {
        LabelNode begin = new LabelNode();
        LabelNode end = new LabelNode();
        LabelNode failed = new LabelNode();
        int array = armed(method, call, home, carrier, "arm");
        AbstractInsnNode left = call;
        while (!(left instanceof VarInsnNode store && store.getOpcode() == Opcodes.ASTORE)) {
            left = left.getPrevious();
        }
        method.instructions.insert(left, begin);
        method.instructions.insert(call, end);
        Object[] locals = new Object[array + 1];
        Arrays.fill(locals, Opcodes.TOP);
        locals[array] = Armed.ARRAY;
        InsnList code = method.instructions;
        code.add(failed);
        code.add(new FrameNode(Opcodes.F_NEW, locals.length, locals, 1, new Object[] {"java/lang/Throwable"}));
        code.add(new VarInsnNode(Opcodes.ALOAD, array));
        code.add(new InsnNode(Opcodes.ICONST_0));
        code.add(new InsnNode(Opcodes.ACONST_NULL));
        code.add(new InsnNode(Opcodes.AASTORE));
        code.add(new InsnNode(Opcodes.ATHROW));
        method.tryCatchBlocks.add(new TryCatchBlockNode(begin, end, failed, null));
    }

    /** Leaves the arguments, which are on the stack, for the call; returns the variable that has them. */
    private static int armed(MethodNode method, AbstractInsnNode call, Home home, Carrier carrier, String how) {
        int array = method.maxLocals++;
        Home pack = pack(home);
        InsnList code = new InsnList();
        code.add(new MethodInsnNode(Opcodes.INVOKESTATIC, pack.companion(), pack.name(), pack.descriptor(), false));
        code.add(new VarInsnNode(Opcodes.ASTORE, array));
        code.add(new VarInsnNode(Opcodes.ALOAD, array));
        code.add(call(how));
        for (Type each : Type.getArgumentTypes(carrier.descriptor())) {
            code.add(new InsnNode(nothing(each)));
        }
        method.instructions.insertBefore(call, code);
        code = new InsnList();
        code.add(new VarInsnNode(Opcodes.ALOAD, array));
        code.add(call("taken"));
        method.instructions.insert(call, code);
        return array;
    }

    private static MethodInsnNode call(String name) {
        return new MethodInsnNode(Opcodes.INVOKESTATIC, CONSTRUCTORS, name, "(" + Armed.ARRAY + ")V", false);
    }

    private static Home pack(Home home) {
        String descriptor =
                Type.getMethodDescriptor(Type.getType(Armed.ARRAY), Type.getArgumentTypes(home.descriptor()));
        return new Home(home.companion(), home.name() + "$args", descriptor);
    }

    private static int nothing(Type type) {
        return switch (type.getSort()) {
            case Type.LONG -> Opcodes.LCONST_0;
            case Type.FLOAT -> Opcodes.FCONST_0;
            case Type.DOUBLE -> Opcodes.DCONST_0;
            case Type.ARRAY, Type.OBJECT -> Opcodes.ACONST_NULL;
            default -> Opcodes.ICONST_0;
        };
    }
}
