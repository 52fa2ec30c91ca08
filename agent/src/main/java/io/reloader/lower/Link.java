// SPDX-License-Identifier: Apache-2.0
package io.reloader.lower;

import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;

/** The instructions that a class in java.base links. */
final class Link {
    static final int VIRTUAL = 0;
    static final int STATIC = 1;
    static final int SPECIAL = 2;
    static final int NEW = 7;
    private static final int GET = 3;

    private static final String MEMBERS = "java/util/concurrent/ReloaderMembers";
    private static final String CALLER =
            "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/invoke/MethodType;";
    private static final String HOME = "Ljava/lang/Class;Ljava/lang/String;Ljava/lang/String;";
    private static final Handle DISPATCH = bootstrap("dispatch", HOME + "I");
    private static final Handle CAUGHT = bootstrap("caught", HOME);
    private static final Handle IS = bootstrap("is", "Ljava/lang/String;");
    private static final Handle AWAITING = bootstrap("awaiting", "Ljava/lang/Class;Ljava/lang/Class;I");
    private static final Handle MEMBER = bootstrap("member", "Ljava/lang/Class;Ljava/lang/Class;ILjava/lang/String;");

    private Link() {}

    /** Of an added method on a receiver whose class may declare its own. */
    static InvokeDynamicInsnNode dispatch(Types.Member added, String descriptor, Home home) {
        String name = added.key().substring(0, added.key().indexOf('('));
        int within = Plan.breadth(added.access()) == 1 ? 1 : 0;
        return new InvokeDynamicInsnNode(
                name,
                descriptor,
                DISPATCH,
                Type.getObjectType(home.companion()),
                home.name(),
                home.descriptor(),
                within);
    }

    /** Whether an object is of a class that the place may not name. */
    static InvokeDynamicInsnNode is(String type) {
        return new InvokeDynamicInsnNode("is", "(Ljava/lang/Object;)Z", IS, type.replace('/', '.'));
    }

    static boolean isTest(InvokeDynamicInsnNode linked) {
        return linked.bsm.equals(IS);
    }

    /** An override whose receiver is of such a class; it is on the stack as an {@code owner}. */
    static InvokeDynamicInsnNode caught(Home home, String owner) {
        Type[] parameters = Type.getArgumentTypes(home.descriptor());
        parameters[0] = Type.getObjectType(owner);
        String descriptor = Type.getMethodDescriptor(Type.getReturnType(home.descriptor()), parameters);
        return new InvokeDynamicInsnNode(
                "caught", descriptor, CAUGHT, Type.getObjectType(home.companion()), home.name(), home.descriptor());
    }

    static InvokeDynamicInsnNode call(Place place, int kind, String owner, String name, String descriptor) {
        // The JVM takes no <init> for the name of a call.
        String shown = kind == NEW ? "new" : name;
        return new InvokeDynamicInsnNode(
                shown, descriptor, MEMBER, Type.getObjectType(owner), Type.getObjectType(place.host()), kind, name);
    }

    static InvokeDynamicInsnNode field(Place place, int opcode, String owner, String name, String type) {
        boolean isStatic = opcode == Opcodes.GETSTATIC || opcode == Opcodes.PUTSTATIC;
        boolean put = opcode == Opcodes.PUTSTATIC || opcode == Opcodes.PUTFIELD;
        String receiver = isStatic ? "" : "L" + owner + ";";
        String descriptor = put ? "(" + receiver + type + ")V" : "(" + receiver + ")" + type;
        int kind = GET + (put ? 1 : 0) + (isStatic ? 2 : 0);
        return call(place, kind, owner, name, descriptor);
    }

    /** A use of a static field that lives there, once the class has set it. */
    static InvokeDynamicInsnNode awaiting(String owner, Home home, int opcode) {
        boolean put = opcode == Opcodes.PUTSTATIC;
        return new InvokeDynamicInsnNode(
                home.name(),
                put ? "(" + home.descriptor() + ")V" : "()" + home.descriptor(),
                AWAITING,
                Type.getObjectType(owner),
                Type.getObjectType(home.companion()),
                put ? 1 : 0);
    }

    static Handle handle(Home home) {
        return new Handle(Opcodes.H_INVOKESTATIC, home.companion(), home.name(), home.descriptor(), false);
    }

    /** With the receiver as the first parameter. */
    static String bound(String owner, String descriptor) {
        return "(L" + owner + ";" + descriptor.substring(1);
    }

    private static Handle bootstrap(String name, String more) {
        return new Handle(Opcodes.H_INVOKESTATIC, MEMBERS, name, CALLER + more + ")Ljava/lang/invoke/CallSite;", false);
    }
}
