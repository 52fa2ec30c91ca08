// SPDX-License-Identifier: Apache-2.0
package io.reloader.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.LocalVariableNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

/**
 * The code of a carrier: its own first, then that of each constructor that rides on it, by number. What the source does
 * not have any more stays as it was.
 */
public final class Carriage {
    private static final String TAKE = "take";

    private InsnList own = new InsnList();
    private LabelNode riding = new LabelNode();
    private final List<LabelNode> labels = new ArrayList<>();
    private final List<InsnList> riders = new ArrayList<>();
    private final List<TryCatchBlockNode> guards = new ArrayList<>();
    private final List<LocalVariableNode> variables = new ArrayList<>();

    private Carriage() {}

    /** The highest number that a constructor knows; 0 if nothing rides on it. */
    public static int last(MethodNode constructor) {
        AbstractInsnNode first = constructor.instructions.getFirst();
        while (first != null && first.getOpcode() < 0) {
            first = first.getNext();
        }
        return first instanceof LdcInsnNode
                        && first.getNext() instanceof IntInsnNode last
                        && last.getNext() instanceof MethodInsnNode call
                        && call.owner.equals(Riding.CONSTRUCTORS)
                        && call.name.equals(TAKE)
                ? last.operand
                : 0;
    }

    /**
     * The carrier as it is to be.
     *
     * @param before as it is
     * @param own its own code, if the source has that
     * @param riders the others whose code the source has, by number
     */
    static MethodNode of(String owner, MethodNode before, @Nullable MethodNode own, Map<Integer, MethodNode> riders) {
        MethodNode old = Bodies.copy(before);
        Carriage carriage = new Carriage();
        carriage.part(old);
        if (own != null) {
            carriage.forget(carriage.own);
            carriage.own = own.instructions;
            carriage.keep(own);
        }
        new TreeMap<>(riders).forEach(carriage::ride);
        MethodNode whole = own == null ? old : own;
        carriage.into(whole, owner);
        return whole;
    }

    /** Takes apart what {@link #into} has put together. */
    private void part(MethodNode carrier) {
        int last = last(carrier);
        AbstractInsnNode[] code = carrier.instructions.toArray();
        keep(carrier);
        for (AbstractInsnNode each : code) {
            carrier.instructions.remove(each);
        }
        int at = 0;
        if (last > 0) {
            while (!(code[at] instanceof JumpInsnNode)) {
                at++;
            }
            riding = ((JumpInsnNode) code[at]).label;
            at += 2;
        }
        for (; at < code.length && code[at] != riding; at++) {
            own.add(code[at]);
        }
        while (at < code.length && !(code[at] instanceof TableSwitchInsnNode)) {
            at++;
        }
        if (at < code.length) {
            labels.addAll(((TableSwitchInsnNode) code[at++]).labels);
        }
        for (; at < code.length; at++) {
            if (riders.size() < last && code[at] == labels.get(riders.size())) {
                riders.add(new InsnList());
            } else {
                riders.get(riders.size() - 1).add(code[at]);
            }
        }
    }

    private void ride(int number, MethodNode body) {
        InsnList code = Armed.unpack(body.desc);
        code.add(body.instructions);
        if (number > riders.size()) {
            labels.add(new LabelNode());
            riders.add(code);
        } else {
            forget(riders.get(number - 1));
            riders.set(number - 1, code);
        }
        keep(body);
    }

    private void keep(MethodNode body) {
        guards.addAll(body.tryCatchBlocks);
        if (body.localVariables != null) {
            variables.addAll(body.localVariables);
        }
    }

    private void forget(InsnList code) {
        Set<AbstractInsnNode> gone = Set.of(code.toArray());
        guards.removeIf(each -> gone.contains(each.start));
        variables.removeIf(each -> gone.contains(each.start));
    }

    private void into(MethodNode whole, String owner) {
        InsnList code = new InsnList();
        code.add(new LdcInsnNode(Type.getObjectType(owner)));
        code.add(Armed.push(riders.size()));
        code.add(call(TAKE, "(Ljava/lang/Class;I)" + Armed.ARRAY));
        code.add(new InsnNode(Opcodes.DUP));
        code.add(new JumpInsnNode(Opcodes.IFNONNULL, riding));
        code.add(new InsnNode(Opcodes.POP));
        code.add(own);
        code.add(riding);
        code.add(armed(whole, owner));
        code.add(new InsnNode(Opcodes.DUP));
        code.add(call("number", "(" + Armed.ARRAY + ")I"));
        int last = riders.size();
        code.add(new TableSwitchInsnNode(1, last, labels.get(last - 1), labels.toArray(LabelNode[]::new)));
        for (int i = 0; i < last; i++) {
            code.add(labels.get(i));
            if (!(riders.get(i).getFirst() instanceof FrameNode)) {
                code.add(armed(whole, owner));
            }
            code.add(riders.get(i));
        }
        whole.instructions = code;
        whole.tryCatchBlocks = guards;
        whole.localVariables = variables;
        whole.visibleLocalVariableAnnotations = null;
        whole.invisibleLocalVariableAnnotations = null;
    }

    private static MethodInsnNode call(String name, String descriptor) {
        return new MethodInsnNode(Opcodes.INVOKESTATIC, Riding.CONSTRUCTORS, name, descriptor, false);
    }

    /** What the verifier knows with the array on the stack. */
    private static FrameNode armed(MethodNode carrier, String owner) {
        FrameNode frame = Bodies.entry(carrier, owner);
        frame.stack = List.of(Armed.ARRAY);
        return frame;
    }
}
