// SPDX-License-Identifier: Apache-2.0
package io.reloader.lower;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** The methods of a class that its static initialiser calls, or may. A pure function. */
final class Reach {
    private final ClassNode type;
    private final Map<String, MethodNode> methods;
    private final Set<String> seen = new HashSet<>();
    private final Deque<MethodNode> open = new ArrayDeque<>();

    private Reach(ClassNode type) {
        this.type = type;
        methods = Subject.methods(type);
    }

    /** Whether one of them, and not the initialiser itself, sets this static field. */
    static boolean sets(ClassNode type, FieldNode field) {
        Reach reach = new Reach(type);
        reach.add("<clinit>()V");
        boolean first = true;
        while (!reach.open.isEmpty()) {
            if (reach.look(reach.open.remove(), field) && !first) {
                return true;
            }
            first = false;
        }
        return false;
    }

    private boolean look(MethodNode method, FieldNode field) {
        boolean sets = false;
        for (AbstractInsnNode at : method.instructions) {
            if (at instanceof MethodInsnNode call && call.owner.equals(type.name)) {
                add(call.name + call.desc);
            } else if (at instanceof InvokeDynamicInsnNode dynamic) {
                for (Object each : dynamic.bsmArgs) {
                    if (each instanceof Handle handle && handle.getOwner().equals(type.name)) {
                        add(handle.getName() + handle.getDesc());
                    }
                }
            } else if (at instanceof FieldInsnNode put && put.getOpcode() == Opcodes.PUTSTATIC) {
                sets |= put.owner.equals(type.name) && put.name.equals(field.name) && put.desc.equals(field.desc);
            }
        }
        return sets;
    }

    private void add(String key) {
        MethodNode method = methods.get(key);
        if (method != null && seen.add(key)) {
            open.add(method);
        }
    }
}
