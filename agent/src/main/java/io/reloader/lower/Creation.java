// SPDX-License-Identifier: Apache-2.0
package io.reloader.lower;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;

/**
 * Makes an object in one instruction in place of the three that a compiler writes. Before the arguments the class is
 * initialised all the same.
 */
final class Creation {
    private Creation() {}

    static void replace(MethodNode method, MethodInsnNode call, AbstractInsnNode instead) {
        TypeInsnNode begin = beginning(method, call);
        AbstractInsnNode twice = after(begin);
        if (twice.getOpcode() != Opcodes.DUP) {
            throw new Unexpressible("makes an object in a way that no compiler is known to");
        }
        List<LabelNode> labels = new ArrayList<>();
        for (AbstractInsnNode at = begin.getPrevious(); at != null && at.getOpcode() < 0; at = at.getPrevious()) {
            if (at instanceof LabelNode label) {
                labels.add(label);
            }
        }
        for (AbstractInsnNode at : method.instructions) {
            if (at instanceof FrameNode frame && frame.stack != null) {
                frame.stack = new ArrayList<>(frame.stack);
                frame.stack.removeIf(each -> each instanceof LabelNode label && labels.contains(label));
            }
        }
        method.instructions.set(twice, new InsnNode(Opcodes.POP));
        method.instructions.set(call, instead);
    }

    static AbstractInsnNode linked(MethodInsnNode call, Place place) {
        String made = Type.getMethodDescriptor(Type.getObjectType(call.owner), Type.getArgumentTypes(call.desc));
        return Link.call(place, Link.NEW, call.owner, call.name, made);
    }

    /** Where a constructor calls another on its own object; null if it calls none. */
    static @Nullable MethodInsnNode ofThis(MethodNode constructor) {
        int open = 0;
        for (AbstractInsnNode at : constructor.instructions) {
            if (at.getOpcode() == Opcodes.NEW) {
                open++;
            } else if (at instanceof MethodInsnNode call && call.name.equals("<init>") && open-- == 0) {
                return call;
            }
        }
        return null;
    }

    private static AbstractInsnNode after(AbstractInsnNode at) {
        AbstractInsnNode after = at.getNext();
        while (after.getOpcode() < 0) {
            after = after.getNext();
        }
        return after;
    }

    /** Compilers nest them like brackets. */
    private static TypeInsnNode beginning(MethodNode method, MethodInsnNode call) {
        Deque<TypeInsnNode> open = new ArrayDeque<>();
        for (AbstractInsnNode at : method.instructions) {
            if (at.getOpcode() == Opcodes.NEW && after(at).getOpcode() != Opcodes.POP) {
                open.push((TypeInsnNode) at);
            } else if (at instanceof MethodInsnNode other && other.name.equals("<init>") && !open.isEmpty()) {
                TypeInsnNode begun = open.pop();
                if (other == call) {
                    if (begun.desc.equals(call.owner)) {
                        return begun;
                    }
                    break;
                }
            }
        }
        throw new Unexpressible("makes an object in a way that no compiler is known to");
    }
}
